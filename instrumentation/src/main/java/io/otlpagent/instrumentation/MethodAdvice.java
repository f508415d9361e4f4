package io.otlpagent.instrumentation;

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
  private final boolean companion;

  private MethodAdvice(String method, String descriptor, String advice, boolean companion) {
    this.method = method;
    this.descriptor = descriptor;
    this.advice = advice;
    this.companion = companion;
  }

  /** The method to weave, by name and JVM descriptor. */
  public static Target on(String method, String descriptor) {
    return new Target(method, descriptor);
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
    return new MethodAdvice(method, descriptor, advice, true);
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

    private Target(String method, String descriptor) {
      this.method = method;
      this.descriptor = descriptor;
    }

    /**
     * @param advice the simple name of a public class in the package of the module
     */
    public MethodAdvice call(String advice) {
      return new MethodAdvice(method, descriptor, advice, false);
    }
  }
}
