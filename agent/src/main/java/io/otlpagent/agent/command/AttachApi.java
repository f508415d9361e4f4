package io.otlpagent.agent.command;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * A connection to another JVM, by the attach API of the JDK that runs this. Called by reflection:
 * the API is in {@code tools.jar} on Java 8, in a module since, and in no JRE.
 */
final class AttachApi implements Closeable {

  private static final String VIRTUAL_MACHINE = "com.sun.tools.attach.VirtualMachine";

  /** The JDK waits 10 s for a first connection, and forever for everything else. */
  private static final long PATIENCE_MILLIS = 20_000;

  /** It has thousands of classes looked through, by a JVM that may be busy. */
  private static final long LOAD_PATIENCE_MILLIS = 60_000;

  private final String pid;
  private final Class<?> type;
  private final Object machine;

  private AttachApi(String pid, Class<?> type, Object machine) {
    this.pid = pid;
    this.type = type;
    this.machine = machine;
  }

  static AttachApi attach(String pid) throws CommandException {
    ProcFiles files = new ProcFiles(pid);
    if (ProcFiles.available() && files.exists() && !files.mayBeJvm()) {
      // The signal that asks a JVM for a connection ends other programs.
      throw CommandException.problem("process " + pid + " is no JVM; the command list shows them");
    }
    if (files.stopped()) {
      // It would wait for the connection, and print its threads when it goes on.
      throw CommandException.problem(
          "process "
              + pid
              + " is stopped (by SIGSTOP or a debugger): kill -CONT "
              + pid
              + " lets it go on; then try again");
    }
    Class<?> type = find();
    Object machine =
        bounded(
            pid, PATIENCE_MILLIS, () -> type.getMethod("attach", String.class).invoke(null, pid));
    return new AttachApi(pid, type, machine);
  }

  private static Object bounded(String pid, long millis, Callable<Object> call)
      throws CommandException {
    try {
      return BoundedCall.within(millis, call);
    } catch (TimeoutException e) {
      throw CommandException.problem(
          "JVM "
              + pid
              + " does not answer within "
              + millis / 1000
              + " s: is it frozen (a paused container), or very busy? What it was asked it may"
              + " still do");
    } catch (ExecutionException e) {
      throw AttachFailure.of(pid, cause(cause(e)));
    } catch (InterruptedException e) {
      throw CommandException.problem("interrupted");
    }
  }

  private static Throwable cause(Throwable e) {
    boolean wraps = e instanceof ExecutionException || e instanceof InvocationTargetException;
    Throwable cause = e.getCause();
    return wraps && cause != null ? cause : e;
  }

  private static Class<?> find() throws CommandException {
    try {
      return Class.forName(VIRTUAL_MACHINE, true, ClassLoader.getSystemClassLoader());
    } catch (ClassNotFoundException e) {
      return findInToolsJar();
    }
  }

  private static Class<?> findInToolsJar() throws CommandException {
    String home = System.getProperty("java.home", "");
    for (String path : new String[] {"../lib/tools.jar", "lib/tools.jar"}) {
      File tools = new File(home, path);
      if (tools.isFile()) {
        try {
          // Never closed: it serves until the command ends.
          ClassLoader loader = new URLClassLoader(new URL[] {tools.toURI().toURL()});
          return Class.forName(VIRTUAL_MACHINE, true, loader);
        } catch (MalformedURLException | ClassNotFoundException | LinkageError e) {
          throw CommandException.problem(tools + " is not usable: " + e);
        }
      }
    }
    throw CommandException.problem(
        "this Java ("
            + home
            + ") is a run-time image without the attach API (module jdk.attach, or tools.jar of"
            + " Java 8): run the command with the java of a JDK");
  }

  /**
   * Loads an agent and waits until it has been entered.
   *
   * @param options null for none
   */
  void loadAgent(String jar, String options) throws CommandException {
    bounded(
        pid,
        LOAD_PATIENCE_MILLIS,
        () -> {
          type.getMethod("loadAgent", String.class, String.class).invoke(machine, jar, options);
          return jar;
        });
  }

  /** What agents tell each other; the application does not see it. */
  Properties agentProperties() throws CommandException {
    return (Properties) call("getAgentProperties");
  }

  Properties systemProperties() throws CommandException {
    return (Properties) call("getSystemProperties");
  }

  private Object call(String name) throws CommandException {
    return bounded(pid, PATIENCE_MILLIS, () -> type.getMethod(name).invoke(machine));
  }

  @Override
  public void close() throws IOException {
    try {
      type.getMethod("detach").invoke(machine);
    } catch (ReflectiveOperationException e) {
      // It has ended meanwhile, which closes the connection too.
      return;
    }
  }
}
