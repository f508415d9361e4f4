package io.otlpagent.instrumentation.transform.classfile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Texts that are looked for in constant pools, in an open hash table of which three quarters and
 * more are empty, so that nearly every other text is passed over by one look. Numbered in the order
 * in which they were added. Filled by one thread before any other reads.
 */
final class Needles {

  // Slots hold a number plus one; zero is empty.
  private int[] slots = new int[256];
  private byte[][] texts = new byte[16][];
  private int count;

  /** Returns the number of the text, which is that of an equal one if there is one. */
  int add(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int slot = slot(utf8);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (count == texts.length) {
      texts = Arrays.copyOf(texts, 2 * count);
    }
    texts[count++] = utf8;
    slots[slot] = count;
    if (4 * count > slots.length) {
      grow();
    }
    return count - 1;
  }

  private void grow() {
    slots = new int[4 * slots.length];
    for (int i = 0; i < count; i++) {
      slots[slot(texts[i])] = i + 1;
    }
  }

  /** Where a text is, or would be. */
  private int slot(byte[] text) {
    int mask = slots.length - 1;
    int slot = hash(text, 0, text.length) & mask;
    while (slots[slot] != 0 && !Arrays.equals(texts[slots[slot] - 1], text)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /**
   * Which of them a class has in its constant pool.
   *
   * @return a bit for each that is there; null if there is none, or the pool is none
   */
  long @Nullable [] find(byte[] classFile) {
    long[] found = null;
    int[] table = slots;
    int mask = table.length - 1;
    int constants = ClassHeader.u2(classFile, 8);
    int at = 10;
    for (int i = 1; i < constants; i++) {
      if (classFile[at] == ClassHeader.UTF8) {
        int length = ClassHeader.u2(classFile, at + 1);
        int from = at + 3;
        at = from + length;
        int slot = length == 0 ? 0 : hash(classFile, from, length) & mask;
        if (length > 0 && table[slot] != 0) {
          int number = number(slot, classFile, from, length);
          if (number >= 0) {
            found = found == null ? new long[(count + 63) / 64] : found;
            found[number / 64] |= 1L << number;
          }
        }
      } else {
        int size = ClassHeader.entrySize(classFile, at);
        if (size == 0) {
          return null;
        }
        i += ClassHeader.wide(classFile, at) ? 1 : 0;
        at += size;
      }
    }
    return found;
  }

  private int number(int first, byte[] bytes, int from, int length) {
    int mask = slots.length - 1;
    for (int slot = first; slots[slot] != 0; slot = slot + 1 & mask) {
      byte[] text = texts[slots[slot] - 1];
      if (text.length == length && same(text, bytes, from)) {
        return slots[slot] - 1;
      }
    }
    return -1;
  }

  private static boolean same(byte[] text, byte[] bytes, int from) {
    for (int i = 0; i < text.length; i++) {
      if (text[i] != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }

  private static int hash(byte[] bytes, int from, int length) {
    int hash =
        length * 31
            + bytes[from + length - 1] * 7
            + bytes[from] * 131
            + bytes[from + (length >> 1)] * 1031
            + bytes[from + (length >> 2)] * 8209;
    return hash ^ hash >>> 9;
  }
}
