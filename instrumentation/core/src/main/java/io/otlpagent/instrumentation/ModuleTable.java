package io.otlpagent.instrumentation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the build has written down of all modules, so that no class of a module is loaded at start.
 * The rules of a module are read when they are asked for.
 *
 * <p>All numbers are unsigned and of two bytes, but flags, which are one, and lengths of rules,
 * which are four. First the strings, each with its length, in ASCII; whatever follows names them by
 * number. Then the modules: group, name, plugin, option, flags, packages to open, length of the
 * rules, rules. The rules are the types, each with its methods.
 */
public final class ModuleTable {

  static final int MAKES_SPANS = 1;

  static final int HIERARCHY = 1;

  static final int FAILURES_ONLY = 1;
  static final int COMPANION = 2;
  static final int WANTED = 4;

  private final byte[] bytes;
  private final String[] strings;
  private final int modulesAt;

  private ModuleTable(byte[] bytes) {
    this.bytes = bytes;
    Cursor cursor = new Cursor(0);
    strings = new String[cursor.number()];
    for (int i = 0; i < strings.length; i++) {
      int length = cursor.number();
      strings[i] = new String(bytes, cursor.at, length, StandardCharsets.ISO_8859_1);
      cursor.at += length;
    }
    modulesAt = cursor.at;
  }

  /**
   * All modules of a table, in the order of their names.
   *
   * @param in is read to its end, not closed
   * @throws IOException if it cannot be read
   */
  public static List<InstrumentationModule> read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
    byte[] buffer = new byte[16 * 1024];
    for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
      bytes.write(buffer, 0, n);
    }
    return new ModuleTable(bytes.toByteArray()).modules();
  }

  private List<InstrumentationModule> modules() {
    Cursor cursor = new Cursor(modulesAt);
    int count = cursor.number();
    List<InstrumentationModule> modules = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      modules.add(new TableModule(this, cursor));
    }
    return modules;
  }

  List<TypeInstrumentation> rules(int at) {
    Cursor cursor = new Cursor(at);
    TypeInstrumentation[] types = new TypeInstrumentation[cursor.number()];
    for (int i = 0; i < types.length; i++) {
      String name = cursor.string();
      boolean hierarchy = (cursor.flags() & HIERARCHY) != 0;
      MethodAdvice[] methods = new MethodAdvice[cursor.number()];
      for (int j = 0; j < methods.length; j++) {
        methods[j] = MethodAdvice.read(cursor);
      }
      types[i] =
          hierarchy
              ? TypeInstrumentation.subtypesOf(name, methods)
              : TypeInstrumentation.named(name, methods);
    }
    return Collections.unmodifiableList(Arrays.asList(types));
  }

  /** Reads from one place on. Of one thread. */
  final class Cursor {

    private int at;

    private Cursor(int at) {
      this.at = at;
    }

    int flags() {
      return bytes[at++] & 0xff;
    }

    int number() {
      return flags() << 8 | flags();
    }

    String string() {
      return strings[number()];
    }

    /** Null for the empty string. */
    @Nullable String stringOrNull() {
      String string = string();
      return string.isEmpty() ? null : string;
    }

    List<String> strings() {
      String[] all = new String[number()];
      for (int i = 0; i < all.length; i++) {
        all[i] = string();
      }
      return Collections.unmodifiableList(Arrays.asList(all));
    }

    /** Passes over what a length of four bytes announces. Returns where it begins. */
    int skip() {
      int length = number() << 16 | number();
      int begin = at;
      at += length;
      return begin;
    }
  }
}
