package io.otlpagent.instrumentation.transform;

import io.otlpagent.instrumentation.transform.classfile.ClassHeader;
import io.otlpagent.instrumentation.util.Supertypes;
import org.jspecify.annotations.Nullable;

/**
 * What a class file by itself says about the types above its class: the direct ones, and those of
 * the JDK. No class loader of the application is asked for more, neither for a class nor for a
 * class file: it may wait, never answer, or remember that it was asked. Any thread.
 */
final class TypeHierarchy {

  /** Whether a class is a subtype. */
  enum Answer {
    YES,
    NO,
    /** Its class file does not say; the class will, once it is loaded. */
    OPEN
  }

  private TypeHierarchy() {}

  /**
   * Whether the class extends or implements another type, directly or not.
   *
   * @param target internal name
   */
  static Answer isSubtype(ClassHeader type, String target) {
    Answer answer = above(type.superName(), target);
    for (String name : type.interfaceNames()) {
      if (answer == Answer.YES) {
        return answer;
      }
      Answer next = above(name, target);
      answer = next == Answer.NO ? answer : next;
    }
    return answer;
  }

  private static Answer above(@Nullable String name, String target) {
    if (name == null || name.equals("java/lang/Object")) {
      return Answer.NO;
    }
    if (name.equals(target)) {
      return Answer.YES;
    }
    if (name.startsWith("java/") || name.startsWith("javax/sql/")) {
      return ofJdk(name, target) ? Answer.YES : Answer.NO;
    }
    return Answer.OPEN;
  }

  /** A type of the JDK may be loaded without anybody noticing. */
  private static boolean ofJdk(String name, String target) {
    if (!target.startsWith("java")) {
      return false;
    }
    try {
      ClassLoader loader = TypeHierarchy.class.getClassLoader();
      return Supertypes.include(
          Class.forName(name.replace('/', '.'), false, loader), target.replace('/', '.'));
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
