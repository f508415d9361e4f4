package io.otlpagent.agent.command;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Properties;

/**
 * A connection to another JVM, by the attach API of the JDK that runs this. Called by reflection:
 * the API is in {@code tools.jar} on Java 8, in a module since, and in no JRE.
 */
final class AttachApi implements Closeable {

  private static final String VIRTUAL_MACHINE = "com.sun.tools.attach.VirtualMachine";

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
    Class<?> type = find();
    try {
      Method attach = type.getMethod("attach", String.class);
      return new AttachApi(pid, type, attach.invoke(null, pid));
    } catch (InvocationTargetException e) {
      throw AttachFailure.of(pid, e.getCause() == null ? e : e.getCause());
    } catch (ReflectiveOperationException e) {
      throw AttachFailure.of(pid, e);
    }
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
    call("loadAgent", new Class<?>[] {String.class, String.class}, jar, options);
  }

  /** What agents tell each other; the application does not see it. */
  Properties agentProperties() throws CommandException {
    return (Properties) call("getAgentProperties", new Class<?>[0]);
  }

  Properties systemProperties() throws CommandException {
    return (Properties) call("getSystemProperties", new Class<?>[0]);
  }

  private Object call(String name, Class<?>[] types, Object... arguments) throws CommandException {
    try {
      return type.getMethod(name, types).invoke(machine, arguments);
    } catch (InvocationTargetException e) {
      throw AttachFailure.of(pid, e.getCause() == null ? e : e.getCause());
    } catch (ReflectiveOperationException e) {
      throw AttachFailure.of(pid, e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      call("detach", new Class<?>[0]);
    } catch (CommandException e) {
      // It has ended meanwhile, which closes the connection too.
      return;
    }
  }
}
