package io.otlpagent.agent.config.export;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigValues;
import io.otlpagent.agent.config.value.ShownValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where one signal goes, as a list of exporters says. Immutable. */
public final class ExporterChoice {

  public static final ConfigKey<List<String>> TRACES =
      ConfigKey.list(
          "otel.traces.exporter",
          "otlp",
          "Exporters of spans: `otlp` sends them to the collector, `console` writes each batch"
              + " as one line of OTLP JSON to standard output (`otlp/stdout` and"
              + " `logging-otlp` mean the same), `otlp,console` does both, `none` disables the"
              + " export");

  /** What means a line of JSON in OpenTelemetry's agents, and its old name for text. */
  private static final List<String> CONSOLE =
      Arrays.asList(
          "console", "otlp/stdout", "experimental-otlp/stdout", "logging-otlp", "logging");

  private final boolean collector;
  private final boolean console;

  private ExporterChoice(boolean collector, boolean console) {
    this.collector = collector;
    this.console = console;
  }

  static ExporterChoice ofTraces(ConfigValues values) {
    return of(values, TRACES, "otlp, console, both or none");
  }

  static ExporterChoice ofMetrics(ConfigValues values, ConfigKey<List<String>> key) {
    return of(values, key, "otlp, console, prometheus, several of them or none");
  }

  /** Who names nothing that we know gets what all get. */
  private static ExporterChoice of(
      ConfigValues values, ConfigKey<List<String>> key, String choices) {
    List<String> unknown = new ArrayList<>();
    boolean known = false;
    boolean collector = false;
    boolean console = false;
    for (String name : lowerCase(values.get(key))) {
      if (name.equals("otlp")) {
        collector = true;
      } else if (CONSOLE.contains(name)) {
        console = true;
      } else if (!name.equals("none") && !(name.equals("prometheus") && key != TRACES)) {
        unknown.add(name);
        continue;
      }
      known = true;
    }
    if (!unknown.isEmpty()) {
      values.problem(
          key,
          ": this agent has no exporter "
              + ShownValue.quoted(String.join(", ", unknown))
              + "; write "
              + choices
              + hint(unknown.get(0)));
    }
    if (!known) {
      values.derived(key, key.defaultValue());
      return new ExporterChoice(true, false);
    }
    return new ExporterChoice(collector, console);
  }

  private static String hint(String name) {
    switch (name) {
      case "zipkin":
        return ". A collector passes it on to Zipkin: set otlp.endpoint to that collector";
      case "jaeger":
        return ". Jaeger takes otlp itself: set otlp.endpoint to its port 4317";
      default:
        return "";
    }
  }

  private static List<String> lowerCase(List<String> names) {
    String[] lower = new String[names.size()];
    for (int i = 0; i < lower.length; i++) {
      lower[i] = names.get(i).toLowerCase(Locale.ROOT);
    }
    return Arrays.asList(lower);
  }

  /** The same, but for the collector. */
  ExporterChoice withoutCollector() {
    return new ExporterChoice(false, console);
  }

  /** Whether it is sent to the collector. */
  public boolean collector() {
    return collector;
  }

  /** Whether it is written to standard output. */
  public boolean console() {
    return console;
  }

  /** Whether it goes to standard output and nowhere else. */
  public boolean consoleAlone() {
    return console && !collector;
  }

  /** Whether it goes anywhere. */
  public boolean any() {
    return collector || console;
  }

  /** As it may be written, with {@code none} for nothing. */
  @Override
  public String toString() {
    return collector ? console ? "otlp,console" : "otlp" : console ? "console" : "none";
  }
}
