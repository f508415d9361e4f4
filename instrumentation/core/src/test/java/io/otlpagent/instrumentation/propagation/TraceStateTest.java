package io.otlpagent.instrumentation.propagation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cases of the W3C's own test suite, with the keys of Level 2, where {@code @} is a character
 * like others after the first.
 *
 * @see <a href="https://github.com/w3c/trace-context/blob/main/test/test.py">test.py</a>
 */
final class TraceStateTest {

  private static final String TRACEPARENT =
      "00-12345678901234567890123456789012-1234567890123456-00";

  @Test
  void absentHeaderGivesNone() {
    assertThat(traceState()).isNull();
  }

  @Test
  void tidyHeaderIsPassedOnAsItIs() {
    String header = new String("foo=1,bar=2");

    assertThat(traceState(header)).isSameAs(header);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", " , \t,"})
  void emptyHeaderGivesNone(String header) {
    assertThat(traceState(header)).isNull();
  }

  @Test
  void emptyHeaderBesideAnotherIsLeftOut() {
    assertThat(traceState("foo=1", "")).isEqualTo("foo=1");
    assertThat(traceState("", "foo=1")).isEqualTo("foo=1");
    assertThat(traceState("foo=1,,bar=2,")).isEqualTo("foo=1,bar=2");
  }

  @Test
  void severalHeadersAreJoinedInOrder() {
    assertThat(traceState("foo=1,bar=2", "rojo=1,congo=2", "baz=3"))
        .isEqualTo("foo=1,bar=2,rojo=1,congo=2,baz=3");
  }

  @Test
  void whiteSpaceAroundMembersIsTakenOff() {
    assertThat(traceState("foo=1 \t , \t bar=2, \t baz=3")).isEqualTo("foo=1,bar=2,baz=3");
    assertThat(traceState("foo=1\t \t,\t \tbar=2,\t \tbaz=3")).isEqualTo("foo=1,bar=2,baz=3");
    assertThat(traceState(" foo=1")).isEqualTo("foo=1");
    assertThat(traceState("\tfoo=1")).isEqualTo("foo=1");
    assertThat(traceState("foo=1 ")).isEqualTo("foo=1");
    assertThat(traceState("\t foo=1 \t")).isEqualTo("foo=1");
  }

  @Test
  void allAllowedCharactersAreKept() {
    String value =
        IntStream.rangeClosed(0x20, 0x7e)
            .filter(c -> c != ',' && c != '=')
            .mapToObj(c -> String.valueOf((char) c))
            .collect(Collectors.joining());
    String key = "abcdefghijklmnopqrstuvwxyz0123456789_-*/";

    assertThat(traceState(key + "=" + value)).isEqualTo(key + "=" + value);
    assertThat(traceState(key + "@a-z0-9_-*/=" + value)).isEqualTo(key + "@a-z0-9_-*/=" + value);
    assertThat(traceState("1a@@b@=1")).isEqualTo("1a@@b@=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo=1,foo=1",
        "foo=1,foo=2",
        "foo=1, foo=2",
        "foo =1",
        "FOO=1",
        "foo.bar=1",
        "@foo=1,bar=2",
        "foo=bar=baz",
        "foo=,bar=3",
        "=1",
        "foo",
        "foo=1,bar",
        "foo=ü",
        "foo=a\u0001b",
        "foo=1;bar=2,baz",
      })
  void invalidMemberDropsTheList(String header) {
    assertThat(traceState(header)).isNull();
  }

  @Test
  void repeatedKeyInAnotherHeaderDropsTheList() {
    assertThat(traceState("foo=1", "foo=1")).isNull();
    assertThat(traceState("foo=1", "foo=2")).isNull();
  }

  @Test
  void keyThatEndsLikeAnotherIsNoRepetition() {
    assertThat(traceState("afoo=1,foo=2,foob=3")).isEqualTo("afoo=1,foo=2,foob=3");
  }

  @Test
  void atMost32MembersAreAllowed() {
    assertThat(traceState(members(32))).isEqualTo(members(32));
    assertThat(traceState(members(33))).isNull();
  }

  @Test
  void lengthOfKeyAndValueIsLimited() {
    assertThat(traceState("foo=1", "z".repeat(256) + "=1")).startsWith("foo=1,z");
    assertThat(traceState("foo=1", "z".repeat(257) + "=1")).isNull();
    assertThat(traceState("foo=" + "v".repeat(256))).endsWith("v");
    assertThat(traceState("foo=" + "v".repeat(257))).isNull();
  }

  @Test
  void membersThatDoNotFitAreLeftOffTheEnd() {
    String members =
        IntStream.range(0, 32)
            .mapToObj(i -> "k" + i + "=" + "v".repeat(200))
            .collect(Collectors.joining(","));

    assertThat(traceState(members))
        .hasSizeBetween(512, TraceState.MAX_LENGTH)
        .startsWith("k0=")
        .isSubstringOf(members)
        .endsWith("v".repeat(200));
  }

  @Test
  void hostileLengthDropsTheList() {
    assertThat(traceState(" ".repeat(1_000_000) + "foo=1")).isNull();
    assertThat(traceState("foo=1", ",".repeat(1_000_000))).isNull();
  }

  private static String members(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> String.format("bar%02d=%02d", i, i))
        .collect(Collectors.joining(","));
  }

  private static @Nullable String traceState(String... headers) {
    String[] namesAndValues = new String[2 + 2 * headers.length];
    namesAndValues[0] = "traceparent";
    namesAndValues[1] = TRACEPARENT;
    for (int i = 0; i < headers.length; i++) {
      namesAndValues[2 + 2 * i] = "tracestate";
      namesAndValues[3 + 2 * i] = headers[i];
    }
    TestHeaders carrier = TestHeaders.of(namesAndValues);
    return requireNonNull(Propagation.extract(carrier, carrier)).traceState();
  }
}
