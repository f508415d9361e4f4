package io.otlpagent.bootstrap;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM enters the agent. Runs on the main thread before the application's {@code main}, or
 * on the attach listener's thread; whatever fails here costs one line on stderr and no more.
 */
public final class AgentPremain {

  private static boolean started;

  private AgentPremain() {}

  /** The JVM's entry for {@code -javaagent} (java.lang.instrument, package description). */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    enter(arguments, instrumentation, Thread.currentThread());
  }

  /** The JVM's entry for an agent that is loaded into a running JVM. */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
    enter(arguments, instrumentation, null);
  }

  /** {@code launcher} is the thread that will run main; null if it runs already. */
  private static void enter(
      @Nullable String arguments, Instrumentation instrumentation, @Nullable Thread launcher) {
    long startNanos = System.nanoTime();
    if (!hasSecurityManager()) {
      start(arguments, instrumentation, launcher, startNanos);
      return;
    }
    try {
      SecuredStart.run(arguments, instrumentation, launcher, startNanos);
    } catch (Throwable e) {
      say(
          "not started, the application runs without it: the SecurityManager refuses; grant "
              + "codeBase \"file:<path of otlp-agent.jar>\" { permission"
              + " java.security.AllPermission; }; in its policy: "
              + e);
    }
  }

  /** Of the JVM or of the application, which may set one at any time. */
  static boolean hasSecurityManager() {
    try {
      return System.getSecurityManager() != null;
    } catch (LinkageError e) {
      // A Java that has done away with it.
      return false;
    }
  }

  /** With all permissions. */
  static synchronized void start(
      @Nullable String arguments,
      Instrumentation instrumentation,
      @Nullable Thread launcher,
      long startNanos) {
    if (!Switches.enabled() || LaunchedProgram.isJdkTool()) {
      return;
    }
    if (started) {
      say(
          "this JVM already has the agent; a second copy was ignored: remove one -javaagent option");
      return;
    }
    started = true;
    try {
      JarFile jar = AgentJar.find();
      if (LaunchedProgram.isOwnCommand(
          System.getProperty("java.class.path"), new File(jar.getName()))) {
        return;
      }
      ClassLoader agent = AgentClassLoader.open(jar);
      agent
          .loadClass("io.otlpagent.agent.AgentMain")
          .getMethod("start", String.class, Instrumentation.class, Thread.class, long.class)
          .invoke(null, arguments, instrumentation, launcher, startNanos);
    } catch (InvocationTargetException e) {
      fail(e.getCause() == null ? e : e.getCause());
    } catch (Throwable e) {
      fail(e);
    }
  }

  private static void fail(Throwable reason) {
    say("not started, the application runs without it: " + reason);
    if (Switches.debug()) {
      reason.printStackTrace();
    }
  }

  private static void say(String line) {
    System.err.println("otlp-agent: " + line);
  }
}
