package io.otlpagent.agent;

import io.otlpagent.agent.endpoint.Endpoint;
import io.otlpagent.agent.live.Weaving;
import io.otlpagent.agent.logging.AgentLog;
import io.otlpagent.agent.wiring.AgentVersion;
import io.otlpagent.instrumentation.indy.Dispatcher;
import java.lang.instrument.Instrumentation;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Tells the command line what runs here, through the properties that the JVM keeps for agents: the
 * attach API reads them, the application does not see them.
 */
final class AgentProperties {

  private static final String SUPPORT = "jdk.internal.vm.VMSupport";
  private static final String SUPPORT_OF_JAVA_8 = "sun.misc.VMSupport";

  private AgentProperties() {}

  /** What there is to tell. */
  static Map<String, String> of(String instance, Weaving weaving, String host, Endpoint endpoint) {
    Map<String, String> properties = new HashMap<>();
    properties.put("otlp.agent.version", AgentVersion.get());
    properties.put("otlp.agent.instance", instance);
    properties.put("otlp.agent.classes", Long.toString(weaving.classes()));
    properties.put("otlp.agent.rewoven", Long.toString(weaving.transformed.classesRewoven()));
    if (!endpoint.ports().isEmpty()) {
      String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
      properties.put("otlp.agent.endpoint", "http://" + name + ":" + endpoint.ports().get(0));
    }
    return properties;
  }

  /** Never throws: a JVM that has no such properties does without. */
  static void publish(Instrumentation instrumentation, Map<String, String> values) {
    try {
      Dispatcher.opener(instrumentation)
          .open(
              Collections.singletonList("java.base/jdk.internal.vm"),
              AgentProperties.class.getClassLoader());
      Properties properties = (Properties) support().getMethod("getAgentProperties").invoke(null);
      properties.putAll(values);
    } catch (Exception | LinkageError e) {
      AgentLog.debug("the agent's properties cannot be published", e);
    }
  }

  private static Class<?> support() throws ClassNotFoundException {
    try {
      return Class.forName(SUPPORT, true, null);
    } catch (ClassNotFoundException e) {
      return Class.forName(SUPPORT_OF_JAVA_8, true, null);
    }
  }
}
