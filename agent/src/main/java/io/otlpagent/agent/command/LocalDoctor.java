package io.otlpagent.agent.command;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.AgentConfigLoader;
import io.otlpagent.agent.doctor.CollectorReport;
import io.otlpagent.agent.doctor.Finding;
import io.otlpagent.agent.doctor.LaunchFacts;
import io.otlpagent.agent.doctor.LaunchFindings;
import io.otlpagent.agent.doctor.OtherAgents;
import io.otlpagent.agent.doctor.SettingsReport;
import io.otlpagent.agent.wiring.AgentVersion;
import io.otlpagent.agent.wiring.Senders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What can be said without a running agent: how one would be started, and whether it could send.
 */
final class LocalDoctor {

  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private LocalDoctor() {}

  /** What an agent would find that is started from here. */
  static Map<String, Object> ofThisEnvironment() {
    Map<String, Object> tree = new LinkedHashMap<>();
    Map<String, Object> agent = new LinkedHashMap<>();
    agent.put("version", AgentVersion.get() + " (this file, not running)");
    tree.put("agent", agent);
    Map<String, Object> jvm = new LinkedHashMap<>();
    jvm.put("version", System.getProperty("java.version", ""));
    jvm.put("name", System.getProperty("java.vm.name", ""));
    jvm.put("program", "this command");
    tree.put("jvm", jvm);
    AgentConfig config = AgentConfigLoader.load(null, System.getProperties(), System.getenv());
    LaunchFacts facts =
        new LaunchFacts(options(System.getenv()), "otlp-agent.jar", System.getenv());
    List<Finding> findings = new ArrayList<>(LaunchFindings.of(facts));
    return complete(tree, config, findings);
  }

  private static List<String> options(Map<String, String> environment) {
    List<String> options = new ArrayList<>();
    for (String variable : new String[] {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"}) {
      String value = environment.get(variable);
      if (value != null) {
        Collections.addAll(options, value.trim().split(" +", -1));
      }
    }
    return options;
  }

  /** What is known of a JVM from outside. */
  static Map<String, Object> of(JvmProcess process) {
    Map<String, Object> tree = new LinkedHashMap<>();
    List<Finding> findings = new ArrayList<>(LaunchFindings.of(process.facts()));
    Map<String, Object> jvm = new LinkedHashMap<>();
    jvm.put("version", process.javaVersion());
    jvm.put("program", process.program());
    jvm.put("agents", OtherAgents.files(process.jvmOptions()));
    tree.put("jvm", jvm);
    AgentConfig config = process.config();
    findings.add(0, presence(process, config));
    return complete(tree, config, findings);
  }

  private static Finding presence(JvmProcess process, AgentConfig config) {
    if (process.hasOurAgent()) {
      return Finding.warning(
          "the agent runs in this JVM, but cannot be asked",
          process.attachable()
              ? "its endpoint is off, or could not be bound; the agent's log says which"
              : "the JVM was started with -XX:+DisableAttachMechanism",
          "set server.enabled and server.port; or give the URL of its endpoint in place of the"
              + " pid. What follows was read from outside");
    }
    if (!config.enabled()) {
      return Finding.error(
          "the agent is turned off in this JVM",
          "OTEL_JAVAAGENT_ENABLED=false or OTEL_SDK_DISABLED=true is set",
          "remove it and restart the JVM");
    }
    for (String file : OtherAgents.files(process.jvmOptions())) {
      if (process.isOurs(file)) {
        return Finding.error(
            "the agent was loaded from " + file + " and does not run",
            "its start failed, or this is a run that records a class archive",
            "look at the first lines of the JVM's standard error");
      }
    }
    return Finding.error(
        "there is no otlp-agent in this JVM",
        "no -javaagent option names it, neither on the command line nor in JAVA_TOOL_OPTIONS",
        process.attachable()
            ? "start it with java -javaagent:otlp-agent.jar ...; or now: "
                + "java -jar otlp-agent.jar attach "
                + process.pid()
            : "start it with java -javaagent:otlp-agent.jar ...; attaching is not possible, because"
                + " it was started with -XX:+DisableAttachMechanism");
  }

  private static Map<String, Object> complete(
      Map<String, Object> tree, AgentConfig config, List<Finding> findings) {
    CollectorReport collector =
        new CollectorReport(config.otlp(), Senders.probe(config.otlp()), PATIENCE_NANOS);
    tree.put("collector", collector.tree(null, findings));
    SettingsReport.addFindings(config, findings);
    tree.put("settings", SettingsReport.tree(config));
    tree.put("findings", Finding.trees(findings));
    return tree;
  }
}
