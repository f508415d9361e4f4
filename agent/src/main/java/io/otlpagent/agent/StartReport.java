package io.otlpagent.agent;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.ForeignSettings;
import io.otlpagent.agent.config.export.OtlpConfig;
import io.otlpagent.agent.logging.AgentLog;
import io.otlpagent.agent.resource.Resource;
import io.otlpagent.agent.wiring.AgentVersion;
import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.library.InstrumentationModules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** The one line that says that the agent is there, and the settings that deserve a warning. */
final class StartReport {

  private StartReport() {}

  /** Not a warning: settings that others share name what other agents have. */
  private static void sayUnknown(AgentConfig config) {
    Set<String> groups = new TreeSet<>();
    List<String> known = new ArrayList<>();
    for (InstrumentationModule module : InstrumentationModules.all()) {
      groups.add(module.group());
      known.add(module.group());
      known.add(module.name());
    }
    Set<String> unknown = config.instrumentation().unknownNames(known);
    if (!unknown.isEmpty()) {
      AgentLog.info(
          "unknown instrumentations in the settings: " + unknown + "; there are " + groups);
    }
  }

  private static String destination(OtlpConfig otlp) {
    String proxy = otlp.proxyUrl();
    String collector =
        otlp.endpoint()
            + " ("
            + otlp.protocol()
            + ")"
            + (proxy == null ? "" : " through the proxy " + proxy);
    if (otlp.exporters().collector()) {
      return collector + (otlp.exporters().console() ? " and standard output" : "");
    }
    return otlp.exporters().console() ? "standard output" : "nowhere";
  }

  static void log(
      AgentConfig config, Resource resource, int instrumentations, long nanos, boolean attached) {
    AgentLog.info(summary(config, resource, instrumentations, nanos, attached));
    String foreign = ForeignSettings.remark(System.getenv(), System.getProperties());
    if (foreign != null) {
      AgentLog.info(foreign);
    }
    sayUnknown(config);
    for (String warning : config.warnings()) {
      AgentLog.warn(warning);
    }
    for (String remark : config.remarks()) {
      AgentLog.debug(remark);
    }
    for (String setting : config.describe()) {
      if (config.logging().dumpConfig()) {
        AgentLog.info(setting);
      } else {
        AgentLog.debug(setting);
      }
    }
  }

  private static String summary(
      AgentConfig config, Resource resource, int instrumentations, long nanos, boolean attached) {
    return "otlp-agent "
        + AgentVersion.get()
        + " on Java "
        + System.getProperty("java.version")
        + ": service "
        + resource.get("service.name")
        + ", spans to "
        + destination(config.otlp())
        + ", sampler "
        + config.tracing().sampler().description()
        + ", endpoint "
        + (config.server().enabled()
            ? config.server().host() + ":" + config.server().port()
            : "off")
        + ", "
        + instrumentations
        + " instrumentations, "
        + TimeUnit.NANOSECONDS.toMillis(nanos)
        + (attached ? " ms to attach" : " ms before main");
  }
}
