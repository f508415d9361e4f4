package io.otlpagent.agent.config.tracing;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigValues;
import io.otlpagent.agent.config.value.ShownValue;
import io.otlpagent.agent.config.value.ValueParser;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.sampling.SamplingRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads sampling rules, each of the form {@code method=GET route=/orders/{id} ratio=0.5 limit=10};
 * {@code &} may stand for a space. A rule that cannot be used is one warning; the others stay.
 */
final class RuleParser {

  private static final String FORM =
      "write method=GET route=/orders/{id} kind=server ratio=0.5 limit=10, at least one of method,"
          + " route and kind, and at least one of ratio and limit";

  private RuleParser() {}

  static SamplingRule[] parse(List<String> written, ConfigKey<?> key, ConfigValues values) {
    List<SamplingRule> rules = new ArrayList<>();
    String problem = null;
    int unusable = 0;
    for (int i = 0; i < written.size(); i++) {
      String name = "rule " + (i + 1);
      try {
        rules.add(rule(name, words(written.get(i))));
      } catch (IllegalArgumentException e) {
        unusable++;
        if (problem == null) {
          String rule = ShownValue.quoted(written.get(i));
          problem = ": " + name + " " + rule + " is ignored: " + e.getMessage();
        }
      }
    }
    if (problem != null) {
      values.problem(
          key, problem + (unusable > 1 ? "; so are " + (unusable - 1) + " rules after it" : ""));
    }
    return rules.toArray(new SamplingRule[0]);
  }

  private static Map<String, String> words(String rule) {
    Map<String, String> words = new HashMap<>();
    for (String word : ValueParser.split(rule.replace('&', ' ').replace('\t', ' '), ' ')) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? "" : word.substring(0, equals).toLowerCase(Locale.ROOT);
      if (!isKnown(name) || equals == word.length() - 1) {
        throw new IllegalArgumentException(ShownValue.quoted(word) + " is not understood; " + FORM);
      }
      if (words.put(name, word.substring(equals + 1)) != null) {
        throw new IllegalArgumentException(name + " is set twice");
      }
    }
    return words;
  }

  private static boolean isKnown(String name) {
    switch (name) {
      case "method":
      case "route":
      case "kind":
      case "ratio":
      case "limit":
        return true;
      default:
        return false;
    }
  }

  private static SamplingRule rule(String name, Map<String, String> words) {
    String route = words.get("route");
    String method = words.get("method");
    SpanKind kind = kind(words.get("kind"));
    String ratio = words.get("ratio");
    String limit = words.get("limit");
    if (route == null && method == null && kind == null) {
      throw new IllegalArgumentException("it says not what it is for; " + FORM);
    }
    if (ratio == null && limit == null) {
      throw new IllegalArgumentException("it says not what to do; " + FORM);
    }
    if (route != null && kind == SpanKind.CLIENT) {
      throw new IllegalArgumentException("a route is that of a server; leave out kind=client");
    }
    return new SamplingRule(
        name,
        new SamplingRule.Match(kind, method, route),
        ratio == null ? 1.0 : number("ratio", ratio, 1.0),
        limit == null ? 0.0 : positive(number("limit", limit, 1_000_000)));
  }

  private static @Nullable SpanKind kind(@Nullable String text) {
    if (text == null) {
      return null;
    }
    switch (text.toLowerCase(Locale.ROOT)) {
      case "server":
        return SpanKind.SERVER;
      case "client":
        return SpanKind.CLIENT;
      default:
        throw new IllegalArgumentException(
            "kind " + ShownValue.quoted(text) + " must be server or client");
    }
  }

  private static double number(String name, String text, double most) {
    try {
      double value = Double.parseDouble(text);
      // Written so that NaN is in no range.
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, together with the range.
    }
    throw new IllegalArgumentException(
        name
            + " "
            + ShownValue.quoted(text)
            + " must be a number from 0 to "
            + (most == 1 ? "1" : "1000000"));
  }

  private static double positive(double limit) {
    if (limit == 0) {
      throw new IllegalArgumentException("limit 0 must be more than 0; ratio=0 samples none");
    }
    return limit;
  }
}
