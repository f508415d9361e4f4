package io.otlpagent.agent.config.tracing;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigValues;
import io.otlpagent.agent.config.value.ShownValue;
import io.otlpagent.agent.config.value.ValueParser;
import io.otlpagent.instrumentation.trace.Sampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Which spans there are, what they hold, how they are passed on. Immutable. */
public final class TracingConfig {

  private static final ConfigKey<List<String>> PROPAGATORS =
      ConfigKey.list(
              "propagators",
              "tracecontext,baggage",
              "Formats of the headers that propagate the context: `tracecontext`, `baggage`, `b3`,"
                  + " `b3multi`, `jaeger`, `xray`, `ottrace`, or `none`; of the formats that a"
                  + " request has, `tracecontext` wins, then the first in the list; `ottrace`"
                  + " propagates only the right half of the trace id, as its tracers require",
              "otel.propagators")
          .live();
  private static final List<String> PROPAGATOR_NAMES =
      Arrays.asList("tracecontext", "baggage", "b3", "b3multi", "jaeger", "xray", "ottrace");
  private static final ConfigKey<Integer> VALUE_LENGTH =
      ConfigKey.integer(
          "limits.attribute_value_length",
          "",
          0,
          2147483647,
          "Maximum number of characters of an attribute value; unset: no limit other than the"
              + " built-in ones for SQL and stack traces",
          "otel.span.attribute.value.length.limit",
          "otel.attribute.value.length.limit");
  private static final ConfigKey<Integer> ATTRIBUTE_COUNT =
      ConfigKey.integer(
          "limits.attribute_count",
          "128",
          0,
          2147483647,
          "Maximum number of attributes per span",
          "otel.span.attribute.count.limit",
          "otel.attribute.count.limit");
  private static final ConfigKey<Integer> EVENT_COUNT =
      ConfigKey.integer(
          "limits.event_count",
          "128",
          0,
          2147483647,
          "Maximum number of events per span; 0 drops exceptions",
          "otel.span.event.count.limit");

  private static final ConfigKey<Integer> EVENT_ATTRIBUTE_COUNT =
      ConfigKey.integer(
          "limits.event_attribute_count",
          "128",
          0,
          2147483647,
          "Maximum number of attributes per event; an exception has 3: type, message and stack"
              + " trace",
          "otel.event.attribute.count.limit");

  public static final List<ConfigKey<?>> KEYS =
      Arrays.asList(PROPAGATORS, VALUE_LENGTH, ATTRIBUTE_COUNT, EVENT_COUNT, EVENT_ATTRIBUTE_COUNT);

  private final List<String> propagators;
  private final Sampler sampler;
  private final int attributeValueLength;
  private final int attributeCount;
  private final int eventCount;
  private final int eventAttributeCount;

  public TracingConfig(ConfigValues values) {
    propagators = propagators(values);
    sampler = SamplingConfig.sampler(values);
    attributeValueLength = values.get(VALUE_LENGTH, Integer.MAX_VALUE);
    attributeCount = values.get(ATTRIBUTE_COUNT);
    eventCount = values.get(EVENT_COUNT);
    eventAttributeCount = eventAttributeCount(values, attributeCount);
  }

  /** OpenTelemetry's limit for everything is also that of an event which has none of its own. */
  private static int eventAttributeCount(ConfigValues values, int attributeCount) {
    int own = values.get(EVENT_ATTRIBUTE_COUNT);
    if (values.isSet(EVENT_ATTRIBUTE_COUNT)
        || !"otel_attribute_count_limit".equals(values.nameInUse(ATTRIBUTE_COUNT))) {
      return own;
    }
    values.derived(
        EVENT_ATTRIBUTE_COUNT.path(),
        Integer.toString(attributeCount),
        values.origin(ATTRIBUTE_COUNT));
    return attributeCount;
  }

  private static List<String> propagators(ConfigValues values) {
    List<String> known = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String written : values.get(PROPAGATORS)) {
      String propagator = written.toLowerCase(Locale.ROOT);
      if (propagator.equals("none")) {
        values.reduced(PROPAGATORS, "none");
        return Collections.emptyList();
      }
      if (!PROPAGATOR_NAMES.contains(propagator)) {
        unknown.add(written);
      } else if (!known.contains(propagator)) {
        known.add(propagator);
      }
    }
    if (!unknown.isEmpty()) {
      values.problem(
          PROPAGATORS,
          ": propagator "
              + ShownValue.quoted(String.join(", ", unknown))
              + " is not supported and is ignored; there are tracecontext, baggage, b3, b3multi,"
              + " jaeger, xray, ottrace and none");
    }
    if (known.isEmpty()) {
      values.derived(PROPAGATORS, PROPAGATORS.defaultValue());
      return ValueParser.split(PROPAGATORS.defaultValue(), ',');
    }
    values.reduced(PROPAGATORS, String.join(",", known));
    return Collections.unmodifiableList(known);
  }

  /** Supported names in the operator's order; none for {@code none}. */
  public List<String> propagators() {
    return propagators;
  }

  public Sampler sampler() {
    return sampler;
  }

  /** Characters of an attribute's text; {@link Integer#MAX_VALUE} for no limit. */
  public int attributeValueLength() {
    return attributeValueLength;
  }

  public int attributeCount() {
    return attributeCount;
  }

  /** 0 leaves exceptions out. */
  public int eventCount() {
    return eventCount;
  }

  public int eventAttributeCount() {
    return eventAttributeCount;
  }
}
