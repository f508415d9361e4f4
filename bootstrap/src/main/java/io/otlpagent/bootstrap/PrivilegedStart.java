package io.otlpagent.bootstrap;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * The second half of {@link SecuredStart}, in the bootstrap loader: public, because the first half
 * is in another one.
 */
public final class PrivilegedStart {

  private PrivilegedStart() {}

  /** Starts the agent of that jar with the permissions of the bootstrap loader's classes. */
  public static void run(
      File jar,
      @Nullable String arguments,
      Instrumentation instrumentation,
      @Nullable Thread launcher,
      long startNanos) {
    if (PrivilegedStart.class.getClassLoader() != null) {
      throw new IllegalStateException("the bootstrap loader does not have " + jar);
    }
    AgentJar.is(jar);
    AccessController.doPrivileged(
        new PrivilegedAction<@Nullable Void>() {
          @Override
          public @Nullable Void run() {
            AgentPremain.start(arguments, instrumentation, launcher, startNanos);
            return null;
          }
        });
  }
}
