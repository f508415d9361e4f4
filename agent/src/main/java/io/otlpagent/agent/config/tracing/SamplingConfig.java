package io.otlpagent.agent.config.tracing;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigValues;
import io.otlpagent.agent.config.value.ShownValue;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.TailRule;
import io.otlpagent.instrumentation.trace.sampling.LayeredSampler;
import io.otlpagent.instrumentation.trace.sampling.ParentBasedSampler;
import io.otlpagent.instrumentation.trace.sampling.RatioSampler;
import io.otlpagent.instrumentation.trace.sampling.SamplingRule;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which traces are kept. Stateless: each call makes a sampler of the settings as they are. */
public final class SamplingConfig {

  private static final ConfigKey<String> SAMPLER =
      ConfigKey.choice(
              "sampling.sampler",
              "parentbased_always_on",
              "always_on|always_off|traceidratio|parentbased_always_on|parentbased_always_off"
                  + "|parentbased_traceidratio",
              "Sampler that decides which traces are kept",
              "otel.traces.sampler")
          .live();
  private static final ConfigKey<Double> RATIO =
      ConfigKey.decimal(
              "sampling.ratio",
              "1.0",
              0,
              1,
              "Share of traces that a sampler with `traceidratio` in its name keeps",
              "otel.traces.sampler.arg")
          .live();
  private static final ConfigKey<List<String>> RULES =
      ConfigKey.list(
              "sampling.rules",
              "",
              "Rules that precede the sampler, for traces without a decision of the caller; the"
                  + " first match decides, as in `route=/health ratio=0, method=POST"
                  + " route=/orders/** limit=10`; unset: none")
          .live();
  private static final ConfigKey<Double> MAX_PER_SECOND =
      ConfigKey.decimal(
              "sampling.max_per_second",
              "0",
              0,
              1000000,
              "Maximum number of traces per second that this process decides to keep; 0 is no limit")
          .live();
  private static final ConfigKey<Boolean> KEEP_ERRORS =
      ConfigKey.bool(
              "sampling.keep.errors",
              true,
              "Keep a trace that a ratio, a rule or a limit did not sample if one of its spans in"
                  + " this process failed")
          .live();
  private static final ConfigKey<Long> KEEP_SLOWER_THAN =
      ConfigKey.duration(
              "sampling.keep.slower_than",
              "1s",
              "Keep a trace that a ratio, a rule or a limit did not sample if it takes longer than"
                  + " this in this process; 0 disables it")
          .live();
  private static final ConfigKey<Double> KEEP_MAX_PER_SECOND =
      ConfigKey.decimal(
              "sampling.keep.max_per_second",
              "10",
              0,
              1000000,
              "Maximum number of traces per second that `sampling.keep` keeps; further ones are"
                  + " counted as `otlp_traces_not_kept_total`; 0 is no limit")
          .live();
  private static final ConfigKey<Integer> KEEP_SPANS_PER_TRACE =
      ConfigKey.integer(
              "sampling.keep.max_spans_per_trace",
              "512",
              0,
              65536,
              "Maximum number of spans per trace that are held until `sampling.keep` decides about"
                  + " the trace")
          .live();
  private static final ConfigKey<Integer> KEEP_SPANS =
      ConfigKey.integer(
              "sampling.keep.max_spans",
              "8192",
              0,
              1048576,
              "Maximum number of spans of all traces that are held until `sampling.keep` decides"
                  + " about them")
          .live();

  public static final List<ConfigKey<?>> KEYS =
      Arrays.asList(
          SAMPLER,
          RATIO,
          RULES,
          MAX_PER_SECOND,
          KEEP_ERRORS,
          KEEP_SLOWER_THAN,
          KEEP_MAX_PER_SECOND,
          KEEP_SPANS_PER_TRACE,
          KEEP_SPANS);

  private SamplingConfig() {}

  static Sampler sampler(ConfigValues values) {
    boolean remote = remote(values);
    String name = remote ? SAMPLER.defaultValue() : values.get(SAMPLER);
    double ratio = remote ? 1.0 : values.get(RATIO);
    Sampler base = base(values, name, ratio);
    List<String> written = values.get(RULES);
    double perSecond = values.get(MAX_PER_SECOND);
    boolean constant = !name.endsWith("traceidratio") || ratio == 1.0;
    boolean plain = constant && written.isEmpty() && perSecond == 0;
    TailRule tailRule = tailRule(values, !plain);
    if (plain) {
      return base;
    }
    SamplingRule[] rules =
        written.isEmpty() ? new SamplingRule[0] : RuleParser.parse(written, RULES, values);
    return new LayeredSampler(base, rules, perSecond, tailRule);
  }

  /** Whether the sampler is one of OpenTelemetry's that ask a server; then it is warned of. */
  private static boolean remote(ConfigValues values) {
    String written = values.written(SAMPLER);
    String name = written.toLowerCase(Locale.ROOT);
    if (!name.equals("xray") && !name.endsWith("jaeger_remote")) {
      return false;
    }
    values.problem(
        SAMPLER,
        ": "
            + ShownValue.quoted(written)
            + " has a server decide, which this agent does not ask; the default "
            + SAMPLER.defaultValue()
            + " is used; write parentbased_traceidratio and a ratio, or "
            + RULES);
    values.derived(SAMPLER, SAMPLER.defaultValue());
    values.derived(RATIO, RATIO.defaultValue());
    return true;
  }

  private static Sampler base(ConfigValues values, String name, double ratio) {
    if (!name.endsWith("traceidratio") && values.isSet(RATIO) && ratio != 1.0) {
      values.warn(
          values.origin(RATIO)
              + " has no effect: sampler "
              + name
              + " takes no ratio; set "
              + SAMPLER
              + " to parentbased_traceidratio");
    }
    switch (name) {
      case "always_on":
        return Sampler.ALWAYS_ON;
      case "always_off":
        return Sampler.ALWAYS_OFF;
      case "traceidratio":
        return new RatioSampler(ratio);
      case "parentbased_always_off":
        return new ParentBasedSampler(Sampler.ALWAYS_OFF);
      case "parentbased_traceidratio":
        return new ParentBasedSampler(new RatioSampler(ratio));
      default:
        return new ParentBasedSampler(Sampler.ALWAYS_ON);
    }
  }

  /**
   * Null if nothing is to be kept.
   *
   * @param useful false if nothing is left to chance, so that there is nothing to mend
   */
  private static @Nullable TailRule tailRule(ConfigValues values, boolean useful) {
    boolean errors = values.get(KEEP_ERRORS);
    long slowerThan = values.get(KEEP_SLOWER_THAN);
    double perSecond = values.get(KEEP_MAX_PER_SECOND);
    int perTrace = values.get(KEEP_SPANS_PER_TRACE);
    int spans = values.get(KEEP_SPANS);
    return useful && (errors || slowerThan > 0)
        ? new TailRule(errors, slowerThan, perTrace, spans).atMost(perSecond)
        : null;
  }
}
