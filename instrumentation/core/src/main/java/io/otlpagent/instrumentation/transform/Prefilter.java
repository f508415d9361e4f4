package io.otlpagent.instrumentation.transform;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells in about a microsecond that a class cannot match a hierarchy rule: a class that declares a
 * method has its name and its descriptor in the constant pool. Immutable; any thread.
 */
final class Prefilter {

  private static final int BUCKETS = 512;
  private static final int[] NONE = new int[0];

  private final List<byte[]> needles = new ArrayList<>();
  private final int[][] buckets = new int[BUCKETS][];
  private final List<int[]> pairs = new ArrayList<>();

  Prefilter() {
    Arrays.fill(buckets, NONE);
  }

  /** Adds a method; the number of its pair is the position of this call. */
  void add(String method, String descriptor) {
    pairs.add(new int[] {needle(method), needle(descriptor)});
  }

  private int needle(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < needles.size(); i++) {
      if (Arrays.equals(needles.get(i), utf8)) {
        return i;
      }
    }
    needles.add(utf8);
    int hash = hash(utf8, 0, utf8.length);
    int[] old = buckets[hash];
    int[] bucket = Arrays.copyOf(old, old.length + 1);
    bucket[bucket.length - 1] = needles.size() - 1;
    buckets[hash] = bucket;
    return needles.size() - 1;
  }

  /**
   * Whether any method that was added may be declared by a class.
   *
   * @return the pairs that are present; an empty array if there is none
   */
  int[] candidates(byte[] bytes) {
    long @Nullable [] found = null;
    int count = ClassHeader.u2(bytes, 8);
    int at = 10;
    for (int i = 1; i < count; i++) {
      int tag = bytes[at];
      if (tag == ClassHeader.UTF8) {
        int length = ClassHeader.u2(bytes, at + 1);
        if (length > 0) {
          int[] bucket = buckets[hash(bytes, at + 3, length)];
          if (bucket.length > 0) {
            found = match(bucket, bytes, at + 3, length, found);
          }
        }
        at += 3 + length;
      } else {
        int size = ClassHeader.entrySize(bytes, at);
        if (size == 0) {
          return NONE;
        }
        if (ClassHeader.wide(bytes, at)) {
          i++;
        }
        at += size;
      }
    }
    return found == null ? NONE : present(found);
  }

  private long @Nullable [] match(
      int[] bucket, byte[] bytes, int from, int length, long @Nullable [] found) {
    for (int needle : bucket) {
      byte[] text = needles.get(needle);
      if (text.length == length && same(text, bytes, from)) {
        long[] marks = found == null ? new long[(needles.size() + 63) / 64] : found;
        marks[needle / 64] |= 1L << needle;
        return marks;
      }
    }
    return found;
  }

  private int[] present(long[] found) {
    int[] present = new int[pairs.size()];
    int n = 0;
    for (int i = 0; i < present.length; i++) {
      int[] pair = pairs.get(i);
      if (marked(found, pair[0]) && marked(found, pair[1])) {
        present[n++] = i;
      }
    }
    return Arrays.copyOf(present, n);
  }

  private static boolean marked(long[] found, int needle) {
    return (found[needle / 64] & 1L << needle) != 0;
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
    return (length * 31
            + bytes[from + length - 1] * 7
            + bytes[from] * 131
            + bytes[from + (length >> 1)] * 17)
        & (BUCKETS - 1);
  }
}
