package io.otlpagent.instrumentation.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.SpanContext;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever arrives: nothing fails, and nothing leaves that is no header. */
final class HostileHeadersTest {

  private static final int ROUNDS = 5000;
  private static final String ODD = ";=-:,%+ \t\"\\0aFg?1\u0000\r\n\u007f\u00e9\uff10\ud83d";

  @AfterEach
  void restore() {
    Propagation.configure(true, true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "xray | x-amzn-trace-id | Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8",
        "ottrace | ot-tracer-traceid | 80f198ee56343ba864fe8b2a57d3eff7",
        "ottrace | ot-tracer-spanid | e457b5a2e4d86bd1",
        "ottrace | ot-baggage-key | a%20b,c;d",
        "jaeger | uber-trace-id | 80f198ee56343ba864fe8b2a57d3eff7:e457b5a2e4d86bd1:0:1",
        "jaeger | uberctx-key | a%20b+c",
        "jaeger | jaeger-baggage | k1=v1, k2=a%20b",
        "b3 | b3 | 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1",
        "tracecontext | traceparent | 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "baggage | baggage | k1=v1;p=1, k2=a%20b",
      })
  void nothingFailsAndNothingBadIsPassedOn(String propagator, String name, String valid) {
    Propagation.configure(List.of(propagator, "baggage", "jaeger", "ottrace", "xray"));
    Random random = new Random(42);
    for (int i = 0; i < ROUNDS; i++) {
      String value = mutated(valid, random);
      TestHeaders headers =
          TestHeaders.of(
              "ot-tracer-traceid", "64fe8b2a57d3eff7", "ot-tracer-spanid", "1", name, value);

      SpanContext parent = Propagation.extract(headers, headers);
      String baggage = Propagation.extractBaggage(headers, headers);

      TestHeaders passedOn =
          TestSpans.inject(TestSpans.started(Sampler.ALWAYS_ON, parent, baggage));
      passedOn.asMap().forEach((key, values) -> assertHeader(key, values.get(0)));
    }
  }

  /** With characters replaced, put in and taken out, or cut. */
  private static String mutated(String text, Random random) {
    StringBuilder mutant = new StringBuilder(text);
    for (int i = random.nextInt(4); i >= 0 && mutant.length() > 0; i--) {
      int at = random.nextInt(mutant.length());
      char odd = ODD.charAt(random.nextInt(ODD.length()));
      switch (random.nextInt(4)) {
        case 0 -> mutant.setCharAt(at, odd);
        case 1 -> mutant.insert(at, odd);
        case 2 -> mutant.deleteCharAt(at);
        default -> mutant.setLength(at);
      }
    }
    return mutant.toString();
  }

  private static void assertHeader(String name, String value) {
    assertThat(name).matches("[a-z0-9!#$%&'*+.^_`|~-]+");
    assertThat(value).matches("[\\t -~]*");
  }
}
