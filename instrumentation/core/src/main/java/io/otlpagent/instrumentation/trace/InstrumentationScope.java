package io.otlpagent.instrumentation.trace;

import java.util.HashMap;
import java.util.Map;

/**
 * The part of the agent that made a span: one object an instrumentation, of the whole process.
 *
 * <p>It is also the switch by which an operator turns the instrumentation off while the application
 * runs: then nothing of it begins, and what has begun ends as usual.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/common/instrumentation-scope/">
 *     Instrumentation scope</a>
 */
public final class InstrumentationScope {

  private static final String PREFIX = "io.otlpagent.";

  // Guarded by itself; asked once an instrumentation and application class loader.
  private static final Map<String, InstrumentationScope> SCOPES = new HashMap<>();

  private final String name;

  // Written by the exporter thread when the settings change, read at each start of an operation.
  private volatile boolean enabled = true;

  private InstrumentationScope(String name) {
    this.name = name;
  }

  /**
   * The scope of one instrumentation, the same object for the same name.
   *
   * @param module its short name, such as {@code jdbc}
   */
  public static InstrumentationScope of(String module) {
    synchronized (SCOPES) {
      InstrumentationScope scope = SCOPES.get(module);
      if (scope == null) {
        scope = new InstrumentationScope(PREFIX + module);
        SCOPES.put(module, scope);
      }
      return scope;
    }
  }

  public String name() {
    return name;
  }

  /** Whether operations of this instrumentation begin. */
  public boolean enabled() {
    return enabled;
  }

  /** Turns the instrumentation on or off from the next operation on. */
  public void enable(boolean on) {
    enabled = on;
  }

  @Override
  public String toString() {
    return name;
  }
}
