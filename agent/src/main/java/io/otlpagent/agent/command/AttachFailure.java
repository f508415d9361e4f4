package io.otlpagent.agent.command;

import java.io.IOException;
import java.nio.file.Files;

/** Says why a JVM cannot be attached to, and what to do. Stateless. */
final class AttachFailure {

  private AttachFailure() {}

  static CommandException of(String pid, Throwable cause) {
    return CommandException.problem(explain(pid, cause));
  }

  private static String explain(String pid, Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    ProcFiles files = new ProcFiles(pid);
    if (text.contains("No such process") || (ProcFiles.available() && !files.exists())) {
      return "there is no process " + pid + "; the command list shows the JVMs";
    }
    if (text.contains("Dynamic agent loading is not enabled")) {
      return forbidden(pid, "-XX:-EnableDynamicAgentLoading");
    }
    if (text.contains("does not support the attach mechanism")) {
      return forbidden(pid, "-XX:+DisableAttachMechanism");
    }
    String owner = owner(files);
    if (text.contains("Agent JAR not found")) {
      return "JVM "
          + pid
          + " cannot open the jar: it has to be readable by the user that the JVM runs as"
          + (owner.isEmpty() ? "" : " (" + owner + ")")
          + ", with every folder above it";
    }
    String user = System.getProperty("user.name");
    if (!owner.isEmpty() && !owner.equals(user) && !"root".equals(user)) {
      return "process "
          + pid
          + " belongs to "
          + owner
          + ": run the command as that user, in the container that it runs in ("
          + text
          + ")";
    }
    if (JvmProcesses.find(pid) == null) {
      return "process " + pid + " is no JVM that can be attached to (" + text + ")";
    }
    return "JVM "
        + pid
        + " does not answer: is it stopped, or does it run in a container that this command does"
        + " not? ("
        + text
        + ")";
  }

  private static String forbidden(String pid, String option) {
    return "JVM "
        + pid
        + " was started with "
        + option
        + ", which forbids it: restart it with -javaagent:otlp-agent.jar";
  }

  private static String owner(ProcFiles files) {
    try {
      return files.exists() ? Files.getOwner(files.file("").toPath()).getName() : "";
    } catch (IOException | RuntimeException e) {
      // Not a file system that has owners.
      return "";
    }
  }
}
