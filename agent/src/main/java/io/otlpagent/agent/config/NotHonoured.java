package io.otlpagent.agent.config;

import io.otlpagent.agent.config.value.ConfigKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's names that mean nothing to this agent: those that somebody might rely on are
 * warned of, all are in the reference. Stateless.
 */
public final class NotHonoured {

  private static final String DECLARATIVE =
      "declarative configuration is not supported and is ignored; set OTLP_CONFIG_FILE to a"
          + " config.yaml of this agent";

  /**
   * The property, or the beginning of several that ends with a star; what to say; and {@code warn}
   * if it is said in the log, too.
   */
  private static final String[][] NAMES = {
    {"otel.config.file", DECLARATIVE, "warn"},
    {"otel.experimental.config.file", DECLARATIVE, "warn"},
    {"otel.javaagent.extensions", "extensions are not supported and are ignored", "warn"},
    {"otel.logs.exporter", "the agent sends no logs", ""},
    {"otel.exporter.otlp.logs.*", "the agent sends no logs", ""},
    {"otel.blrp.*", "the agent sends no logs", ""},
    {"otel.semconv.stability.opt.in", "only the stable conventions are written", ""},
    {"otel.span.link.count.limit", "no span of this agent has links", ""},
    {"otel.link.attribute.count.limit", "no span of this agent has links", ""},
    {
      "otel.instrumentation.common.logging.*",
      "`trace-id-key` and the others name entries of the logging MDC; the agent leaves the"
          + " application's logs alone and puts nothing there",
      ""
    },
    {
      "otel.resource.providers.*",
      "no cloud is asked over the network; set `OTEL_RESOURCE_ATTRIBUTES` (such as"
          + " cloud.provider=aws,cloud.region=eu-west-1), or let the collector's"
          + " resourcedetection processor ask",
      "warn"
    },
    {"otel.experimental.sdk.telemetry.version", "only the latest is written", ""},
  };

  private NotHonoured() {}

  /** What to say in the log of a name in normal form; null if nothing. */
  static @Nullable String warning(String normalName) {
    for (String[] line : NAMES) {
      if (!line[2].isEmpty() && matches(line[0], normalName)) {
        return line[1].replace("`", "");
      }
    }
    return null;
  }

  /** Whether a name in normal form is one of these. */
  static boolean contains(String normalName) {
    for (String[] line : NAMES) {
      if (matches(line[0], normalName)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String pattern, String normalName) {
    String normal = ConfigKey.normalize(pattern);
    return normal.endsWith("*")
        ? normalName.startsWith(normal.substring(0, normal.length() - 1))
        : normal.equals(normalName);
  }

  /** Each name with what is said of it, in the order of the reference. */
  public static List<String[]> table() {
    List<String[]> table = new ArrayList<>();
    for (String[] line : NAMES) {
      table.add(new String[] {line[0], line[1]});
    }
    return Collections.unmodifiableList(table);
  }
}
