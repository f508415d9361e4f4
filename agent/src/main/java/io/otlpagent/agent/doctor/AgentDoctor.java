package io.otlpagent.agent.doctor;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.endpoint.DoctorSource;
import io.otlpagent.agent.export.DropReason;
import io.otlpagent.agent.export.ExportStatistics;
import io.otlpagent.agent.export.SpanLedger;
import io.otlpagent.agent.logging.Rfc3339;
import io.otlpagent.agent.resource.Resource;
import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.InstrumentationModules;
import io.otlpagent.instrumentation.indy.AdviceErrors;
import io.otlpagent.instrumentation.indy.LinkCounts;
import io.otlpagent.instrumentation.transform.TransformCounts;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reports on the running agent, for {@code /doctor}. Called on endpoint threads. */
public final class AgentDoctor implements DoctorSource {

  private final Supplier<AgentConfig> settings;
  private final Resource resource;
  private final String version;
  private final boolean attached;
  private final TransformCounts transformed;
  private final LinkCounts linked;
  private final SpanLedger ledger;
  private final ExportStatistics statistics;
  private final CollectorReport collector;
  private final long startMillis = System.currentTimeMillis();

  /**
   * @param attached whether the application ran before the agent came
   */
  public AgentDoctor(
      Supplier<AgentConfig> settings,
      Resource resource,
      String version,
      boolean attached,
      TransformCounts transformed,
      LinkCounts linked,
      SpanLedger ledger,
      ExportStatistics statistics,
      CollectorReport collector) {
    this.settings = settings;
    this.resource = resource;
    this.version = version;
    this.attached = attached;
    this.transformed = transformed;
    this.linked = linked;
    this.ledger = ledger;
    this.statistics = statistics;
    this.collector = collector;
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
    tree.put("collector", collector.tree(statistics.collector(), findings));
    tree.put("spans", spans(config, findings));
    tree.put("instrumentations", instrumentations(config, findings));
    SettingsReport.addFindings(config, findings);
    tree.put("settings", SettingsReport.tree(config));
    tree.put("findings", Finding.trees(findings));
    return tree;
  }

  private Map<String, Object> agent() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("version", version);
    tree.put("started", Rfc3339.format(startMillis));
    tree.put("uptime_seconds", (System.currentTimeMillis() - startMillis) / 1000);
    tree.put("attached", attached);
    return tree;
  }

  private static Map<String, Object> jvm(List<Finding> findings) {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    String command = System.getProperty("sun.java.command", "");
    LaunchFacts facts = new LaunchFacts(runtime.getInputArguments(), command, System.getenv());
    findings.addAll(LaunchFindings.of(facts));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("version", System.getProperty("java.version", ""));
    tree.put("vendor", System.getProperty("java.vendor", ""));
    tree.put("name", runtime.getVmName());
    tree.put("program", firstWord(command));
    tree.put("uptime_seconds", runtime.getUptime() / 1000);
    tree.put("agents", OtherAgents.files(runtime.getInputArguments()));
    tree.put("flags_after_program", LaunchFindings.misplaced(command));
    return tree;
  }

  /** Without arguments: one may be a password. */
  private static String firstWord(String command) {
    int space = command.indexOf(' ');
    return space < 0 ? command : command.substring(0, space);
  }

  private Map<String, Object> service(AgentConfig config, List<Finding> findings) {
    Map<String, Object> tree = new LinkedHashMap<>();
    String name = String.valueOf(resource.get("service.name"));
    if (name.startsWith("unknown_service")) {
      findings.add(
          Finding.warning(
              "the service has no name",
              "nobody set one, and the application has none that can be found out",
              "set OTEL_SERVICE_NAME"));
    }
    tree.put("name", name);
    tree.put("origin", SettingsReport.originOfServiceName(config));
    return tree;
  }

  private Map<String, Object> spans(AgentConfig config, List<Finding> findings) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("ledger", ledger.toString());
    tree.put("started", ledger.started());
    tree.put("exported", ledger.exported());
    tree.put("rejected", ledger.rejected());
    Map<String, Object> dropped = new LinkedHashMap<>();
    for (DropReason reason : DropReason.values()) {
      dropped.put(reason.label(), ledger.dropped(reason));
    }
    tree.put("dropped", dropped);
    tree.put("advice_errors", AdviceErrors.adviceErrors());
    tree.put("classes_failed", transformed.classesFailed());
    SpanFindings.add(ledger, config, findings);
    WeavingFindings.add(transformed, findings);
    return tree;
  }

  private List<Object> instrumentations(AgentConfig config, List<Finding> findings) {
    List<Object> states = new ArrayList<>();
    for (InstrumentationModule module : InstrumentationModules.all()) {
      boolean enabled = config.instrumentation().enabled(module.group(), module.name());
      InstrumentationState state =
          enabled
              ? InstrumentationState.of(module, transformed, linked)
              : InstrumentationState.disabled(module);
      states.add(state.toTree());
      Finding finding = state.finding();
      if (finding != null) {
        findings.add(finding);
      }
    }
    return states;
  }
}
