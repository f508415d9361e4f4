package io.otlpagent.agent.command;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.AgentConfigLoader;
import io.otlpagent.agent.config.ServerConfig;
import io.otlpagent.agent.doctor.LaunchFacts;
import io.otlpagent.agent.doctor.OtherAgents;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JVM of this machine, seen from outside. Immutable. */
final class JvmProcess {

  private static final String UNKNOWN = "(version unknown)";

  private final String pid;
  private final PerfData data;
  private final ProcFiles files;

  JvmProcess(String pid, PerfData data) {
    this.pid = pid;
    this.data = data;
    this.files = new ProcFiles(pid);
  }

  String pid() {
    return pid;
  }

  ProcFiles files() {
    return files;
  }

  /** The jar or the main class, without arguments: one may be a password. */
  String program() {
    String command = command();
    int space = command.indexOf(' ');
    String program = space < 0 ? command : command.substring(0, space);
    return program.isEmpty() ? "(no main class)" : program;
  }

  String javaVersion() {
    return data.text("java.property.java.version");
  }

  private String command() {
    return data.text("sun.rt.javaCommand");
  }

  /** Options of the JVM, from the command line and from variables. */
  List<String> jvmOptions() {
    // With the values of flags from JAVA_TOOL_OPTIONS; cut after 1023 bytes.
    List<String> options = new ArrayList<>();
    for (String option : data.text("java.rt.vmArgs").split(" ", -1)) {
      if (!option.isEmpty()) {
        options.add(option);
      }
    }
    for (String word : files.commandLine()) {
      if (word.startsWith("-javaagent:") && beforeProgram(word) && !options.contains(word)) {
        options.add(word);
      }
    }
    return options;
  }

  private boolean beforeProgram(String option) {
    return !Arrays.asList(command().split(" ", -1)).contains(option);
  }

  LaunchFacts facts() {
    return new LaunchFacts(jvmOptions(), command(), files.environment(), files::seen);
  }

  private Map<String, String> environment() {
    return files.environment();
  }

  /** Products, as far as they are known, of the agents that it has or should have. */
  List<String> agents() {
    Set<String> agents = new LinkedHashSet<>();
    for (String file : OtherAgents.files(jvmOptions())) {
      String product = product(file);
      if (product == null && !file.startsWith("jdwp")) {
        agents.add(file);
      } else if (product != null) {
        agents.add(product);
      }
    }
    for (String jar : files.openJars()) {
      String product = product(jar);
      if (product != null) {
        agents.add(product);
      }
    }
    agents.remove(OtherAgents.OWN);
    return new ArrayList<>(agents);
  }

  /** Whether our agent works in it, as far as can be seen from outside. */
  boolean hasOurAgent() {
    return ProcFiles.available() ? files.hasThread("otlp-agent-exporter") : namesOurAgent();
  }

  /** Whether it is worth the while to attach and ask: without the system's files who knows. */
  boolean mayHaveOurAgent() {
    return !ProcFiles.available() || hasOurAgent();
  }

  private boolean namesOurAgent() {
    for (String file : OtherAgents.files(jvmOptions())) {
      if (isOurs(file)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a file of this JVM is an agent of ours, under whatever name. */
  boolean isOurs(String file) {
    return OtherAgents.OWN.equals(product(file));
  }

  private @Nullable String product(String file) {
    return OtherAgents.product(file, files.seen(new File(file)));
  }

  /** Whether attaching would work, or make the JVM print its threads instead. */
  boolean attachable() {
    for (String option : jvmOptions()) {
      if (option.equals("-XX:+DisableAttachMechanism")) {
        return false;
      }
    }
    return true;
  }

  /** The version of our agent, as its file says. */
  String agentVersion() {
    List<String> jars = new ArrayList<>(OtherAgents.files(jvmOptions()));
    jars.addAll(files.openJars());
    for (String jar : jars) {
      if (isOurs(jar)) {
        String version = OtherAgents.version(files.seen(new File(jar)));
        return version == null ? UNKNOWN : version;
      }
    }
    return UNKNOWN;
  }

  /** Where our agent's endpoint should listen; null if it is off, or if the agent came later. */
  @Nullable String configuredEndpoint() {
    ServerConfig server = config().server();
    return namesOurAgent() && server.enabled() ? server.host() + ":" + server.port() : null;
  }

  /** The settings that an agent finds which the JVM was started with. */
  AgentConfig config() {
    Properties properties = new Properties();
    for (String option : jvmOptions()) {
      int equals = option.indexOf('=');
      if (option.startsWith("-D") && equals > 2) {
        properties.setProperty(option.substring(2, equals), option.substring(equals + 1));
      }
    }
    return AgentConfigLoader.load(agentArguments(), properties, environment());
  }

  /** What follows the jar of our agent in its option; empty if there is none. */
  private String agentArguments() {
    for (String option : jvmOptions()) {
      int equals = option.indexOf('=');
      if (option.startsWith("-javaagent:")
          && equals > 0
          && isOurs(option.substring("-javaagent:".length(), equals))) {
        return option.substring(equals + 1);
      }
    }
    return "";
  }
}
