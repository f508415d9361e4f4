package io.otlpagent.instrumentation.propagation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.trace.SpanContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cases of the W3C's own test suite.
 *
 * @see <a href="https://github.com/w3c/trace-context/blob/main/test/test.py">test.py</a>
 */
final class TraceParentTest {

  private static final String VALID = "00-12345678901234567890123456789012-1234567890123456-01";

  @ParameterizedTest
  @ValueSource(
      strings = {
        VALID,
        "cc-12345678901234567890123456789012-1234567890123456-01",
        "cc-12345678901234567890123456789012-1234567890123456-01-what-the-future-will-be-like",
        " " + VALID,
        "\t" + VALID,
        VALID + " ",
        VALID + "\t",
        "\t " + VALID + " \t",
      })
  void validHeaderIsTheParent(String header) {
    SpanContext parent = requireNonNull(extract("traceparent", header));

    assertThat(parent.traceIdHigh()).isEqualTo(0x1234567890123456L);
    assertThat(parent.traceIdLow()).isEqualTo(0x7890123456789012L);
    assertThat(parent.spanId()).isEqualTo(0x1234567890123456L);
    assertThat(parent.sampled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "00",
        VALID + ".",
        VALID + "-",
        VALID + "-what-the-future-will-be-like",
        "cc-12345678901234567890123456789012-1234567890123456-01.what-the-future-will-be-like",
        "ff-12345678901234567890123456789012-1234567890123456-01",
        ".0-12345678901234567890123456789012-1234567890123456-01",
        "0.-12345678901234567890123456789012-1234567890123456-01",
        "000-12345678901234567890123456789012-1234567890123456-01",
        "0000-12345678901234567890123456789012-1234567890123456-01",
        "0-12345678901234567890123456789012-1234567890123456-01",
        "00-00000000000000000000000000000000-1234567890123456-01",
        "00-.2345678901234567890123456789012-1234567890123456-01",
        "00-1234567890123456789012345678901.-1234567890123456-01",
        "00-123456789012345678901234567890123-1234567890123456-01",
        "00-1234567890123456789012345678901-1234567890123456-01",
        "00-12345678901234567890123456789012-0000000000000000-01",
        "00-12345678901234567890123456789012-.234567890123456-01",
        "00-12345678901234567890123456789012-123456789012345.-01",
        "00-12345678901234567890123456789012-12345678901234567-01",
        "00-12345678901234567890123456789012-123456789012345-01",
        "00-12345678901234567890123456789012-1234567890123456-.0",
        "00-12345678901234567890123456789012-1234567890123456-0.",
        "00-12345678901234567890123456789012-1234567890123456-001",
        "00-12345678901234567890123456789012-1234567890123456-1",
        "00-ABCDEF78901234567890123456789012-1234567890123456-01",
        "00-12345678901234567890123456789012-ABCDEF7890123456-01",
        "00-12345678901234567890123456789012-1234567890123456-0A",
        "00_12345678901234567890123456789012-1234567890123456-01",
        "00-12345678901234567890123456789012_1234567890123456-01",
        "00-12345678901234567890123456789012-1234567890123456_01",
        VALID + "," + VALID,
      })
  void invalidHeaderIsIgnored(String header) {
    assertThat(extract("traceparent", header, "tracestate", "foo=1")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"traceparent", "TraceParent", "TrAcEpArEnT", "TRACEPARENT"})
  void nameInAnyCaseIsFound(String name) {
    assertThat(extract(name, VALID)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"trace-parent", "trace.parent"})
  void otherNameIsNotFound(String name) {
    assertThat(extract(name, VALID)).isNull();
  }

  @Test
  void twoHeadersAreIgnored() {
    String other = "00-12345678901234567890123456789011-1234567890123456-01";

    assertThat(extract("traceparent", other, "traceparent", VALID)).isNull();
    assertThat(extract("traceparent", VALID, "traceparent", VALID)).isNull();
  }

  @Test
  void knownFlagsAreKeptAndOthersDropped() {
    String ids = "00-12345678901234567890123456789012-1234567890123456-";

    assertThat(flags(ids + "00")).isZero();
    assertThat(flags(ids + "01")).isEqualTo(SpanContext.SAMPLED);
    assertThat(flags(ids + "02")).isEqualTo(SpanContext.RANDOM);
    assertThat(flags(ids + "ff")).isEqualTo(SpanContext.SAMPLED | SpanContext.RANDOM);
    assertThat(flags(ids + "fc")).isZero();
  }

  private static int flags(String header) {
    return requireNonNull(extract("traceparent", header)).flags();
  }

  private static @Nullable SpanContext extract(String... namesAndValues) {
    TestHeaders headers = TestHeaders.of(namesAndValues);
    return Propagation.extract(headers, headers);
  }
}
