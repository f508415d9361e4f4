package io.otlpagent.instrumentation;

import java.util.Set;
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
  private final String option;
  private final boolean wanted;

  private MethodAdvice(
      Target target, String advice, boolean companion, String option, boolean wanted) {
    this.method = target.method;
    this.descriptor = target.descriptor;
    this.advice = advice;
    this.before = target.before;
    this.failuresOnly = target.failuresOnly;
    this.companion = companion;
    this.option = option;
    this.wanted = wanted;
  }

  static MethodAdvice read(ModuleTable.Cursor table) {
    String method = table.string();
    String descriptor = table.string();
    String advice = table.string();
    String before = table.stringOrNull();
    String option = table.string();
    int flags = table.flags();
    return new MethodAdvice(
        new Target(method, descriptor, before, (flags & ModuleTable.FAILURES_ONLY) != 0),
        advice,
        (flags & ModuleTable.COMPANION) != 0,
        option,
        (flags & ModuleTable.WANTED) != 0);
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
    return new MethodAdvice(target(), advice, true, option, wanted);
  }

  /** This rule, but only if somebody asks for an option, such as {@code jdbc.sqlcommenter}. */
  public MethodAdvice with(String option) {
    return new MethodAdvice(target(), advice, companion, option, true);
  }

  /** This rule, but only if nobody asks for an option. */
  public MethodAdvice without(String option) {
    return new MethodAdvice(target(), advice, companion, option, false);
  }

  private Target target() {
    return new Target(method, descriptor, before, failuresOnly);
  }

  /**
   * Whether this rule is in force.
   *
   * @param options what somebody asks for
   */
  public boolean applies(Set<String> options) {
    return option.isEmpty() || options.contains(option) == wanted;
  }

  /** The option on which this rule depends, either way; empty if there is none. */
  public String option() {
    return option;
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
      return new MethodAdvice(this, advice, false, "", true);
    }
  }
}
