package io.otlpagent.agent.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The doctor's report in words: what is wrong first, what is well known last. Immutable. */
final class DoctorText {

  private final Map<?, ?> tree;

  DoctorText(Map<?, ?> tree) {
    this.tree = tree;
  }

  /** All of it. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.addAll(head());
    lines.add("");
    lines.addAll(findings());
    lines.add("");
    lines.addAll(service());
    lines.addAll(instrumentations(true));
    lines.addAll(unsampled());
    lines.addAll(settings());
    return lines;
  }

  /** Whether something is wrong enough for another exit code. */
  boolean sick() {
    for (Object finding : list(tree, "findings")) {
      if (text((Map<?, ?>) finding, "severity").equals("error")) {
        return true;
      }
    }
    return false;
  }

  private List<String> head() {
    List<String> lines = new ArrayList<>();
    Map<?, ?> agent = map(tree, "agent");
    Map<?, ?> jvm = map(tree, "jvm");
    if (!agent.isEmpty()) {
      boolean attached = text(agent, "attached").equals("true");
      lines.add(
          "otlp-agent "
              + text(agent, "version")
              + (agent.containsKey("uptime_seconds")
                  ? ", up " + duration(agent) + (attached ? ", attached to a running JVM" : "")
                  : ""));
    }
    if (!jvm.isEmpty()) {
      String uptime = jvm.containsKey("uptime_seconds") ? ", up " + duration(jvm) : "";
      String name = text(jvm, "name").isEmpty() ? "" : " (" + text(jvm, "name") + ")";
      lines.add("Java " + text(jvm, "version") + name + uptime + ": " + text(jvm, "program"));
      List<?> agents = list(jvm, "agents");
      if (agents.size() > 1) {
        lines.add("Agents: " + join(agents));
      }
    }
    return lines;
  }

  private static String duration(Map<?, ?> map) {
    long seconds = Long.parseLong(text(map, "uptime_seconds"));
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = seconds / 60;
    if (minutes < 120) {
      return minutes + " min";
    }
    return minutes / 60 < 48 ? minutes / 60 + " h" : minutes / 1440 + " days";
  }

  /** What is wrong, the worst first. */
  List<String> findings() {
    List<String> lines = new ArrayList<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Object each : list(tree, "findings")) {
      Map<?, ?> finding = (Map<?, ?>) each;
      String severity = text(finding, "severity");
      counts.merge(severity, 1, Integer::sum);
      String label = String.format(Locale.ROOT, "%-8s", severity.toUpperCase(Locale.ROOT));
      lines.add(label + text(finding, "what"));
      if (!text(finding, "why").isEmpty()) {
        lines.add("        why: " + text(finding, "why"));
      }
      if (!text(finding, "fix").isEmpty()) {
        lines.add("        do:  " + text(finding, "fix"));
      }
    }
    if (!counts.containsKey("error") && !counts.containsKey("warning")) {
      lines.add(0, "OK      nothing is wrong");
    }
    return lines;
  }

  /** Who sends what to whom. */
  List<String> service() {
    List<String> lines = new ArrayList<>();
    Map<?, ?> service = map(tree, "service");
    if (!service.isEmpty()) {
      lines.add("Service      " + text(service, "name") + "  (" + text(service, "origin") + ")");
    }
    Map<?, ?> collector = map(tree, "collector");
    if (text(collector, "probe").equals("not asked")) {
      lines.add("Collector    none; exporter of spans: " + text(collector, "exporters"));
    } else if (!collector.isEmpty()) {
      StringBuilder line = new StringBuilder("Collector    ");
      line.append(text(collector, "endpoint")).append("  ").append(text(collector, "protocol"));
      line.append(text(collector, "tls").equals("true") ? ", TLS" : ", plain text");
      Object headers = collector.get("headers");
      boolean one = "1".equals(String.valueOf(headers));
      line.append(headers == null ? "" : ", " + headers + (one ? " header" : " headers"));
      boolean answered = text(collector, "probe").equals("ok");
      line.append("; probe: ").append(answered ? "ok in " : "failed");
      line.append(answered ? text(collector, "probe_millis") + " ms" : "");
      lines.add(line.toString());
      if (collector.containsKey("last_export")) {
        lines.add(
            "Last export  "
                + text(collector, "last_export_at")
                + "  "
                + text(collector, "last_export"));
      }
    }
    Map<?, ?> spans = map(tree, "spans");
    if (!spans.isEmpty()) {
      lines.add("Spans        " + text(spans, "ledger"));
    }
    return lines;
  }

  /**
   * @param all also those whose library is absent
   */
  List<String> instrumentations(boolean all) {
    List<String> lines = new ArrayList<>();
    for (Object each : list(tree, "instrumentations")) {
      Map<?, ?> state = (Map<?, ?>) each;
      if (!all && text(state, "state").equals("library absent")) {
        continue;
      }
      StringBuilder detail = new StringBuilder();
      if (!text(state, "classes").equals("0")) {
        detail.append(count(state, "classes", "class", "classes")).append(", ");
        detail.append(count(state, "calls", "call", "calls")).append(" linked");
      }
      if (!text(state, "detail").isEmpty()) {
        detail.append(detail.length() == 0 ? "" : "; ").append(text(state, "detail"));
      }
      lines.add(
          String.format(
                  Locale.ROOT,
                  "  %-24s %-20s %s",
                  text(state, "name"),
                  text(state, "state"),
                  detail)
              .replaceAll("\\s+$", ""));
    }
    if (!lines.isEmpty()) {
      lines.add(0, "Instrumentations");
    }
    return lines;
  }

  private static String count(Map<?, ?> state, String key, String one, String many) {
    String count = text(state, key);
    return count + " " + (count.equals("1") ? one : many);
  }

  /** What the agent came too late for. */
  List<String> notChanged() {
    List<String> names = new ArrayList<>();
    for (Object each : list(tree, "instrumentations")) {
      Map<?, ?> state = (Map<?, ?>) each;
      if (text(state, "state").equals("loaded before attach")) {
        names.add(text(state, "name") + ": " + text(state, "detail"));
      }
    }
    return names;
  }

  private List<String> unsampled() {
    List<String> lines = new ArrayList<>();
    for (Object each : list(tree, "unsampled")) {
      Map<?, ?> request = (Map<?, ?>) each;
      lines.add(
          "  "
              + text(request, "at")
              + "  "
              + text(request, "request")
              + "  "
              + text(request, "reason"));
    }
    if (!lines.isEmpty()) {
      lines.add(0, "Last requests without a span");
    }
    return lines;
  }

  /** Those that somebody set. */
  private List<String> settings() {
    List<String> lines = new ArrayList<>();
    for (Object each : list(tree, "settings")) {
      Map<?, ?> setting = (Map<?, ?>) each;
      if (!text(setting, "origin").equals("default")) {
        lines.add(
            "  "
                + text(setting, "key")
                + " = "
                + text(setting, "value")
                + "  ("
                + text(setting, "origin")
                + ")");
      }
    }
    lines.add(
        0,
        lines.isEmpty()
            ? "Settings     all default"
            : "Settings (the others are default; --json shows all)");
    return lines;
  }

  private static Map<?, ?> map(Map<?, ?> tree, String key) {
    Object value = tree.get(key);
    return value instanceof Map ? (Map<?, ?>) value : Collections.emptyMap();
  }

  private static List<?> list(Map<?, ?> tree, String key) {
    Object value = tree.get(key);
    return value instanceof List ? (List<?>) value : Collections.emptyList();
  }

  private static String text(Map<?, ?> tree, String key) {
    @Nullable Object value = tree.get(key);
    return value == null || value.equals("null") ? "" : printable(value.toString());
  }

  /** What another process says must not move the cursor. */
  private static String printable(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      clean.append(Character.isISOControl(c) ? ' ' : c);
    }
    return clean.toString();
  }

  private static String join(List<?> values) {
    StringBuilder text = new StringBuilder();
    for (Object value : values) {
      text.append(text.length() == 0 ? "" : ", ").append(printable(String.valueOf(value)));
    }
    return text.toString();
  }
}
