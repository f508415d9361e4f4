package io.otlpagent.agent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an exposition in either format and is strict about it. Written from the formats'
 * specifications, without a look at what writes them.
 */
final class Exposition {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
  private static final Pattern EXEMPLAR =
      Pattern.compile(
          "(.*) # \\{trace_id=\"([0-9a-f]{32})\",span_id=\"([0-9a-f]{16})\"\\} (\\S+)"
              + " (\\d+\\.\\d{3})");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\\\\\"n])*)\"(,|$)");
  private static final Map<String, Set<String>> SUFFIXES =
      Map.of(
          "counter", Set.of("_total"),
          "gauge", Set.of(""),
          "info", Set.of("_info"),
          "histogram", Set.of("_bucket", "_sum", "_count"));

  private final boolean openMetrics;
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();
  private final Map<String, String> exemplars = new LinkedHashMap<>();
  private final Set<String> helped = new HashSet<>();
  private String family = "";
  private boolean familyHasSamples;

  private Exposition(boolean openMetrics) {
    this.openMetrics = openMetrics;
  }

  static Exposition parse(String text, boolean openMetrics) {
    assertThat(text).endsWith("\n").doesNotContain("\r");
    Exposition exposition = new Exposition(openMetrics);
    List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("# EOF")) {
        assertThat(openMetrics).isTrue();
        assertThat(i).as("EOF is last").isEqualTo(lines.size() - 1);
      } else if (lines.get(i).startsWith("# ")) {
        exposition.meta(lines.get(i).split(" ", 4));
      } else {
        exposition.sample(lines.get(i));
      }
    }
    if (openMetrics) {
      assertThat(lines.get(lines.size() - 1)).isEqualTo("# EOF");
    }
    exposition.checkHistograms();
    return exposition;
  }

  /** Type by family. */
  Map<String, String> types() {
    return types;
  }

  /** Value by sample, such as {@code name{a="b",c="d"}} with labels in alphabetical order. */
  Map<String, Double> samples() {
    return samples;
  }

  private void meta(String[] words) {
    String name = words[2];
    assertThat(name).matches(NAME);
    switch (words[1]) {
      case "TYPE" -> {
        assertThat(types).as("family begins once").doesNotContainKey(name);
        String type = words[3];
        if (openMetrics) {
          assertThat(SUFFIXES).containsKey(type);
        } else {
          assertThat(type).isIn("counter", "gauge", "histogram");
        }
        types.put(name, type);
        family = name;
        familyHasSamples = false;
      }
      case "HELP" -> {
        assertThat(name).isEqualTo(family);
        assertThat(helped.add(name)).isTrue();
        assertThat(familyHasSamples).isFalse();
        assertThat(words[3].replace("\\\\", "").replace("\\n", "").replace("\\\"", ""))
            .doesNotContain("\\");
      }
      case "UNIT" -> {
        assertThat(openMetrics).isTrue();
        assertThat(name).isEqualTo(family).endsWith("_" + words[3]);
        assertThat(types.get(name)).isNotEqualTo("info");
      }
      default -> throw new AssertionError("unknown line " + String.join(" ", words));
    }
  }

  /** Trace id, span id and value by sample. */
  Map<String, String> exemplars() {
    return exemplars;
  }

  private void sample(String text) {
    Matcher exemplar = EXEMPLAR.matcher(text);
    boolean exemplified = exemplar.matches();
    String line = exemplified ? exemplar.group(1) : text;
    Matcher matcher = SAMPLE.matcher(line);
    assertThat(matcher.matches()).as(line).isTrue();
    String name = matcher.group(1);
    String type = types.getOrDefault(family, "");
    if (openMetrics) {
      assertThat(SUFFIXES.get(type)).as(line).contains(suffix(name));
    } else if (type.equals("histogram")) {
      assertThat(suffix(name)).as(line).isIn("_bucket", "_sum", "_count");
    } else {
      assertThat(name).isEqualTo(family);
    }
    familyHasSamples = true;
    String key = name + labels(matcher.group(2) == null ? "" : matcher.group(2));
    double value = number(matcher.group(3));
    assertThat(samples.put(key, value)).as("only one " + key).isNull();
    if (exemplified) {
      assertThat(openMetrics).isTrue();
      assertThat(suffix(name)).isEqualTo("_bucket");
      exemplars.put(key, exemplar.group(2) + " " + exemplar.group(3) + " " + exemplar.group(4));
    }
    if (type.equals("counter")) {
      assertThat(value).isNotNegative();
    }
  }

  private String suffix(String name) {
    assertThat(name).startsWith(family);
    return name.substring(family.length());
  }

  private static String labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher matcher = LABEL.matcher(text);
    int end = 0;
    while (end < text.length()) {
      assertThat(matcher.find(end) && matcher.start() == end).as("labels " + text).isTrue();
      assertThat(labels.put(matcher.group(1), matcher.group(2))).as("label twice").isNull();
      end = matcher.end();
    }
    StringBuilder sorted = new StringBuilder();
    labels.forEach(
        (name, value) ->
            sorted.append(sorted.length() == 0 ? "{" : ",").append(name + "=\"" + value + "\""));
    return sorted.length() == 0 ? "" : sorted.append('}').toString();
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private void checkHistograms() {
    Pattern le = Pattern.compile("(.*)_bucket\\{(.*)\\}");
    Map<String, TreeMap<Double, Double>> series = new LinkedHashMap<>();
    samples.forEach(
        (key, value) -> {
          Matcher matcher = le.matcher(key);
          if (matcher.matches()) {
            String labels = matcher.group(2);
            Matcher bound = Pattern.compile(",?\\ble=\"([^\"]*)\"").matcher(labels);
            assertThat(bound.find()).as(key).isTrue();
            String rest = labels.replace(bound.group(), "");
            rest = rest.startsWith(",") ? rest.substring(1) : rest;
            series
                .computeIfAbsent(
                    matcher.group(1) + "_count" + (rest.isEmpty() ? "" : "{" + rest + "}"),
                    any -> new TreeMap<>())
                .put(number(bound.group(1)), value);
          }
        });
    series.forEach(
        (count, buckets) -> {
          assertThat(buckets.lastKey()).as(count).isEqualTo(Double.POSITIVE_INFINITY);
          assertThat(List.copyOf(buckets.values())).as(count).isSorted();
          assertThat(samples.get(count)).as(count).isEqualTo(buckets.lastEntry().getValue());
          assertThat(samples).containsKey(count.replaceFirst("_count", "_sum"));
        });
  }
}
