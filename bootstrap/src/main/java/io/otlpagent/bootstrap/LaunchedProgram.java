package io.otlpagent.bootstrap;

import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the JDK's own tools from applications: with {@code JAVA_TOOL_OPTIONS} exported, every
 * {@code keytool}, {@code jps} and {@code javac} starts us too.
 */
final class LaunchedProgram {

  private static final String[] TOOL_PACKAGES = {
    "sun.tools.",
    "sun.security.tools.",
    "sun.jvmstat.",
    "sun.rmi.",
    "sun.applet.",
    "com.sun.tools.",
    "com.sun.java.util.jar.",
    "jdk.internal.jshell.",
    "jdk.jfr.internal.tool.",
    "jdk.tools.",
    "jdk.jshell.",
  };

  private LaunchedProgram() {}

  static boolean isJdkTool() {
    // Set by the launcher: on Java 9 and later the module of the main class, if it has one.
    return isJdkTool(
        System.getProperty("jdk.module.main"),
        System.getProperty("jdk.module.main.class"),
        System.getProperty("sun.java.command"));
  }

  static boolean isJdkTool(
      @Nullable String mainModule, @Nullable String mainModuleClass, @Nullable String command) {
    String main = mainModuleClass == null ? firstWord(command) : mainModuleClass;
    int slash = main.indexOf('/');
    if (slash >= 0) {
      main = main.substring(slash + 1);
    }
    if (main.startsWith("com.sun.tools.javac.launcher.")) {
      // java Program.java: the compiler in front, but an application all the same.
      return false;
    }
    if (mainModule != null) {
      return mainModule.startsWith("jdk.") || mainModule.startsWith("java.");
    }
    for (String prefix : TOOL_PACKAGES) {
      if (main.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether this JVM runs the agent's own command line, with an agent from {@code
   * JAVA_TOOL_OPTIONS} beside it.
   *
   * @param classPath the file of {@code java -jar} if it was started so
   * @param agentJar the file that the agent was started from
   */
  static boolean isOwnCommand(@Nullable String classPath, File agentJar) {
    if (classPath == null || !classPath.endsWith(agentJar.getName())) {
      return false;
    }
    try {
      return new File(classPath).getCanonicalFile().equals(agentJar.getCanonicalFile());
    } catch (IOException e) {
      // Then it is some other file.
      return false;
    }
  }

  private static String firstWord(@Nullable String command) {
    if (command == null) {
      return "";
    }
    int space = command.indexOf(' ');
    return space < 0 ? command : command.substring(0, space);
  }
}
