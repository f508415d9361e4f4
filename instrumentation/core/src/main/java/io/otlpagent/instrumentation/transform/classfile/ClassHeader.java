package io.otlpagent.instrumentation.transform.classfile;

import org.jspecify.annotations.Nullable;

/**
 * The constant pool, access flags, superclass, interfaces and names of methods of a class file,
 * read in place (JVMS 4.1). Confined to one thread.
 */
public final class ClassHeader {

  static final int INTERFACE = 0x0200;

  /** Native and abstract methods. */
  private static final int WITHOUT_CODE = 0x0500;

  private final byte[] bytes;
  private final int[] offsets;
  private final int header;

  private ClassHeader(byte[] bytes, int[] offsets, int header) {
    this.bytes = bytes;
    this.offsets = offsets;
    this.header = header;
  }

  /** Reads the header; null if the bytes are no class file that we understand. */
  public static @Nullable ClassHeader read(byte[] bytes) {
    if (bytes.length < 24 || u4(bytes, 0) != 0xCAFEBABE) {
      return null;
    }
    try {
      int count = u2(bytes, 8);
      int[] offsets = new int[count];
      int at = 10;
      for (int i = 1; i < count; i++) {
        offsets[i] = at;
        int size = entrySize(bytes, at);
        if (size == 0) {
          return null;
        }
        if (bytes[at] == LONG || bytes[at] == DOUBLE) {
          i++;
        }
        at += size;
      }
      return at + 8 <= bytes.length ? new ClassHeader(bytes, offsets, at) : null;
    } catch (IndexOutOfBoundsException e) {
      return null;
    }
  }

  static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;

  /** The size of the constant at that offset (JVMS 4.4); 0 if its tag is unknown. */
  static int entrySize(byte[] bytes, int at) {
    switch (bytes[at]) {
      case UTF8:
        return 3 + u2(bytes, at + 1);
      case 7: // Class
      case 8: // String
      case 16: // MethodType
      case 19: // Module
      case 20: // Package
        return 3;
      case 15: // MethodHandle
        return 4;
      case 3: // Integer
      case 4: // Float
      case 9: // Fieldref
      case 10: // Methodref
      case 11: // InterfaceMethodref
      case 12: // NameAndType
      case 17: // Dynamic
      case 18: // InvokeDynamic
        return 5;
      case LONG:
      case DOUBLE:
        return 9;
      default:
        return 0;
    }
  }

  static boolean wide(byte[] bytes, int at) {
    return bytes[at] == LONG || bytes[at] == DOUBLE;
  }

  public boolean isInterface() {
    return (u2(bytes, header) & INTERFACE) != 0;
  }

  /** The internal name of the superclass; null for {@code java/lang/Object}. */
  public @Nullable String superName() {
    return className(u2(bytes, header + 4));
  }

  /** The internal names of the interfaces that the class file lists. */
  public String[] interfaceNames() {
    String[] names = new String[u2(bytes, header + 6)];
    for (int i = 0; i < names.length; i++) {
      String name = className(u2(bytes, header + 8 + 2 * i));
      names[i] = name == null ? "" : name;
    }
    return names;
  }

  /** Whether the class declares a method that has code. */
  public boolean declares(String name, String descriptor) {
    try {
      int at = afterMembers(header + 8 + 2 * u2(bytes, header + 6));
      int count = u2(bytes, at);
      at += 2;
      for (int i = 0; i < count; i++) {
        if ((u2(bytes, at) & WITHOUT_CODE) == 0
            && isText(u2(bytes, at + 2), name)
            && isText(u2(bytes, at + 4), descriptor)) {
          return true;
        }
        at = afterMember(at);
      }
      return false;
    } catch (IndexOutOfBoundsException e) {
      // The JVM refuses such a class.
      return false;
    }
  }

  private int afterMembers(int from) {
    int at = from + 2;
    for (int i = u2(bytes, from); i > 0; i--) {
      at = afterMember(at);
    }
    return at;
  }

  private int afterMember(int from) {
    int at = from + 8;
    for (int i = u2(bytes, from + 6); i > 0; i--) {
      int length = u4(bytes, at + 2);
      if (length < 0) {
        throw new IndexOutOfBoundsException();
      }
      at += 6 + length;
    }
    return at;
  }

  private boolean isText(int index, String ascii) {
    int utf8 = offsets[index];
    int length = u2(bytes, utf8 + 1);
    if (length != ascii.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[utf8 + 3 + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable String className(int index) {
    if (index == 0) {
      return null;
    }
    int utf8 = offsets[u2(bytes, offsets[index] + 1)];
    int length = u2(bytes, utf8 + 1);
    char[] name = new char[length];
    for (int i = 0; i < length; i++) {
      int b = bytes[utf8 + 3 + i];
      if (b < 0) {
        return modifiedUtf8(utf8 + 3, length);
      }
      name[i] = (char) b;
    }
    return new String(name);
  }

  /** A name beyond ASCII, in the JVM's own form of UTF-8 (JVMS 4.4.7). */
  private String modifiedUtf8(int from, int length) {
    StringBuilder name = new StringBuilder(length);
    for (int i = from; i < from + length; ) {
      int b = bytes[i++] & 0xFF;
      if (b < 0x80) {
        name.append((char) b);
      } else if ((b & 0xE0) == 0xC0) {
        name.append((char) ((b & 0x1F) << 6 | (bytes[i++] & 0x3F)));
      } else {
        name.append((char) ((b & 0x0F) << 12 | (bytes[i++] & 0x3F) << 6 | (bytes[i++] & 0x3F)));
      }
    }
    return name.toString();
  }

  public static int u2(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  private static int u4(byte[] bytes, int at) {
    return u2(bytes, at) << 16 | u2(bytes, at + 2);
  }
}
