package io.otlpagent.instrumentation;

import org.jspecify.annotations.Nullable;

/**
 * One method to weave and the advice class that its woven form calls. Immutable.
 *
 * <p>The descriptor is exact, as the JVM writes it (JVMS 4.3.3): a class that declares the method
 * has both strings in its constant pool, which is how the prefilter passes over all others.
 */
public final class MethodAdvice {

  private final String method;
  private final String descriptor;
  private final String advice;
  private final @Nullable String before;
  private final boolean failuresOnly;
  private final boolean companion;

  private MethodAdvice(Target target, String advice, boolean companion) {
    this.method = target.method;
    this.descriptor = target.descriptor;
    this.advice = advice;
    this.before = target.before;
    this.failuresOnly = target.failuresOnly;
    this.companion = companion;
  }

  /** The method to weave, by name and JVM descriptor. */
  public static Target on(String method, String descriptor) {
    return new Target(method, descriptor, null, false);
  }

  public String method() {
    return method;
  }

  public String descriptor() {
    return descriptor;
  }

  /** The simple name of the advice class, in the package of its module. */
  public String advice() {
    return advice;
  }

  /**
   * This method, but only in classes that a rule for subtypes matches by another method too: for
   * names so common, such as {@code close()}, that half of all classes would have to be examined.
   */
  public MethodAdvice companion() {
    return new MethodAdvice(new Target(method, descriptor, before, failuresOnly), advice, true);
  }

  /** The call in the method before which it is entered; null for its first instruction. */
  public @Nullable String before() {
    return before;
  }

  /** Whether only a method that throws leaves through the advice. */
  public boolean failuresOnly() {
    return failuresOnly;
  }

  /** Whether the method alone does not make its class a candidate. */
  public boolean isCompanion() {
    return companion;
  }

  @Override
  public String toString() {
    return method + descriptor + " calls " + advice;
  }

  /** A method that still lacks its advice. */
  public static final class Target {

    private final String method;
    private final String descriptor;
    private final @Nullable String before;
    private final boolean failuresOnly;

    private Target(
        String method, String descriptor, @Nullable String before, boolean failuresOnly) {
      this.method = method;
      this.descriptor = descriptor;
      this.before = before;
      this.failuresOnly = failuresOnly;
    }

    /**
     * Enters the advice not at the first instruction, but just before the first call of another
     * method: what stands in front of that, others may have put there, and the advice sees the
     * arguments as these leave them. A method without such a call is entered as usual.
     *
     * @param call the called method, as in {@code java/lang/Object.hashCode()I}
     */
    public Target before(String call) {
      return new Target(method, descriptor, call, failuresOnly);
    }

    /**
     * Calls the exit advice only where the method throws: one that returns costs nothing, and links
     * nothing. The exit advice must have an {@code onThrowable}; of no use in constructors.
     */
    public Target whenItThrows() {
      return new Target(method, descriptor, before, true);
    }

    /**
     * @param advice the simple name of a public class in the package of the module
     */
    public MethodAdvice call(String advice) {
      return new MethodAdvice(this, advice, false);
    }
  }
}
