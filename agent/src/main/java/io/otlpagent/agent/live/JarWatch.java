package io.otlpagent.agent.live;

import io.otlpagent.agent.endpoint.HealthSource;
import io.otlpagent.agent.logging.AgentLog;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the agent's jar was overwritten while the JVM runs: classes that are not loaded yet
 * are lost then. Looks among the exporter's chores, when endpoint threads ask, and at the exit.
 */
public final class JarWatch implements Runnable, HealthSource {

  private static final String OVERWRITTEN = "the agent's jar was overwritten while the JVM runs";

  /** Watches nothing. */
  public static final JarWatch NONE = new JarWatch(null);

  private final @Nullable BooleanSupplier intact;
  private boolean said;

  private JarWatch(@Nullable BooleanSupplier intact) {
    this.intact = intact;
  }

  /**
   * Has the class loader keep what is needed late. Not in {@code premain}: it takes time and 0.3
   * MB.
   *
   * @param loader the agent's; in tests it is another one, which is not watched
   */
  public static JarWatch begin(ClassLoader loader) {
    if (loader instanceof Runnable && loader instanceof BooleanSupplier) {
      ((Runnable) loader).run();
      return new JarWatch((BooleanSupplier) loader);
    }
    return NONE;
  }

  @Override
  public void run() {
    failure();
  }

  @Override
  public @Nullable String failure() {
    if (intact == null || intact.getAsBoolean()) {
      return null;
    }
    say();
    return OVERWRITTEN;
  }

  private synchronized void say() {
    if (!said) {
      said = true;
      AgentLog.error(
          OVERWRITTEN
              + ": what needs further classes of it fails; restart the JVM, and replace the file by"
              + " renaming another one, not by copying over it");
    }
  }
}
