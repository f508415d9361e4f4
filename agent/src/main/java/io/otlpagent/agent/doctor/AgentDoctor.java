package io.otlpagent.agent.doctor;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.endpoint.DoctorSource;
import io.otlpagent.agent.logging.Rfc3339;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reports on the running agent, for {@code /doctor}. Called on endpoint threads. */
public final class AgentDoctor implements DoctorSource {

  private final Identity identity;
  private final Supplier<AgentConfig> settings;
  private final WeavingReport weaving;
  private final ExportReport export;
  private final long startMillis = System.currentTimeMillis();

  /**
   * @param settings gives those in force
   */
  public AgentDoctor(
      Identity identity,
      Supplier<AgentConfig> settings,
      WeavingReport weaving,
      ExportReport export) {
    this.identity = identity;
    this.settings = settings;
    this.weaving = weaving;
    this.export = export;
  }

  @Override
  public String json() {
    return JsonTree.write(tree());
  }

  private Map<String, Object> tree() {
    List<Finding> findings = new ArrayList<>();
    AgentConfig config = settings.get();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("agent", agent());
    tree.put("jvm", jvm(findings));
    tree.put("service", service(config, findings));
    tree.put("collector", export.collector(findings));
    tree.put("spans", export.spans(config, findings));
    tree.put("instrumentations", weaving.instrumentations(config, findings));
    tree.put("unsampled", ExportReport.unsampled());
    tree.put("errors", weaving.errors(findings));
    weaving.addTracers(findings);
    SettingsReport.addFindings(config, findings);
    tree.put("settings", SettingsReport.tree(config));
    tree.put("findings", Finding.trees(findings));
    return tree;
  }

  private Map<String, Object> agent() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("version", identity.version);
    tree.put("instance", identity.instance);
    tree.put("started", Rfc3339.format(startMillis));
    tree.put("uptime_seconds", (System.currentTimeMillis() - startMillis) / 1000);
    tree.put("attached", identity.attached);
    return tree;
  }

  private static Map<String, Object> jvm(List<Finding> findings) {
    RunningJvm jvm = RunningJvm.get();
    String command = System.getProperty("sun.java.command", "");
    LaunchFacts facts = new LaunchFacts(jvm.options, command, System.getenv());
    findings.addAll(LaunchFindings.of(facts));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("version", System.getProperty("java.version", ""));
    tree.put("vendor", System.getProperty("java.vendor", ""));
    tree.put("name", System.getProperty("java.vm.name", ""));
    tree.put("program", firstWord(command));
    if (jvm.uptimeSeconds >= 0) {
      tree.put("uptime_seconds", jvm.uptimeSeconds);
    }
    tree.put("agents", OtherAgents.files(jvm.options));
    tree.put("flags_after_program", LaunchFindings.misplaced(command));
    return tree;
  }

  /** Without arguments: one may be a password. */
  private static String firstWord(String command) {
    int space = command.indexOf(' ');
    return space < 0 ? command : command.substring(0, space);
  }

  private Map<String, Object> service(AgentConfig config, List<Finding> findings) {
    String name = String.valueOf(identity.resource.get("service.name"));
    if (name.startsWith("unknown_service")) {
      findings.add(
          Finding.warning(
              "the service has no name",
              "none is configured, and none can be detected from the application",
              "set OTEL_SERVICE_NAME"));
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", name);
    tree.put("origin", SettingsReport.originOfServiceName(config));
    return tree;
  }
}
