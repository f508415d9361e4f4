package io.otlpagent.instrumentation.propagation;

import static io.otlpagent.instrumentation.propagation.TestSpans.extractBaggage;
import static io.otlpagent.instrumentation.propagation.TestSpans.inject;
import static io.otlpagent.instrumentation.propagation.TestSpans.started;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.trace.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderBaggageTest {

  @AfterEach
  void restore() {
    Propagation.configure(true, true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // What is sent | what it is in a baggage header | what is passed on
        "v | v | v",
        "'' | '' | ''",
        "a%20b%2Cc | a%20b%2Cc | a%20b%2Cc",
        "a+b | a%20b | a%20b",
        "a b | a%20b | a%20b",
        "a,b;c\\d\"e | a%2Cb%3Bc%5Cd%22e | a%2Cb%3Bc%5Cd%22e",
        "100% | 100%25 | 100%25",
        "%zz%4 | %25zz%254 | %25zz%254",
        "k=v== | k=v== | k=v==",
        "%C3%A9 | %C3%A9 | %C3%A9",
      })
  void jaegerEncodesAsInUrls(String sent, String w3c, String passedOn) {
    Propagation.configure(List.of("jaeger"));

    assertThat(extractBaggage("Uberctx-Key", sent)).isEqualTo("key=" + w3c);
    assertThat(passedOn("key=" + w3c)).containsEntry("uberctx-key", passedOn);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v | v",
        "'' | ''",
        "a b | a%20b",
        "a+b | a+b",
        "a%20b | a%2520b",
        "100% | 100%25",
        "a,b;c\\d\"e | a%2Cb%3Bc%5Cd%22e",
      })
  void openTracingDoesNotEncode(String sent, String w3c) {
    Propagation.configure(List.of("ottrace"));

    assertThat(extractBaggage("Ot-Baggage-Key", sent)).isEqualTo("key=" + w3c);
    assertThat(passedOn("key=" + w3c)).containsEntry("ot-baggage-key", sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%0D%0Aevil: 1", "%00", "%C3%A9", "%7F"})
  void valueThatFitsInNoHeaderIsLeftOut(String value) {
    Propagation.configure(List.of("ottrace"));

    assertThat(passedOn("key=" + value + ",other=1"))
        .doesNotContainKey("ot-baggage-key")
        .containsEntry("ot-baggage-other", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nevil: 1", "\u0000", "ü", "\u007f"})
  void valueThatNoClientWouldSendIsDropped(String value) {
    Propagation.configure(List.of("jaeger", "ottrace"));

    assertThat(extractBaggage("uberctx-key", value)).isNull();
    assertThat(extractBaggage("ot-baggage-key", value)).isNull();
    assertThat(extractBaggage("jaeger-baggage", "key=" + value)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a=b", "a,b", "a;b", "a\r\nb", "ü", "a:b"})
  void keyThatIsNoTokenIsDropped(String key) {
    Propagation.configure(List.of("jaeger", "ottrace"));

    assertThat(extractBaggage("uberctx-" + key, "v")).isNull();
    assertThat(extractBaggage("ot-baggage-" + key, "v")).isNull();
  }

  @Test
  void listOfJaegerIsReadAndNotWritten() {
    Propagation.configure(List.of("jaeger"));

    assertThat(
            extractBaggage(
                "jaeger-baggage", " k1=v1, k2 = v2 ,,broken,=x, k3=", "jaeger-baggage", "k4=a b"))
        .isEqualTo("k1=v1,k2=v2,k3=,k4=a%20b");
    assertThat(extractBaggage("jaeger-baggage", "l=1", "uberctx-h", "2")).isEqualTo("h=2,l=1");
    assertThat(passedOn("k1=v1")).containsKey("uberctx-k1").doesNotContainKey("jaeger-baggage");
  }

  @Test
  void keysAreInLowerCaseAndTheFirstOfEqualOnesCounts() {
    Propagation.configure(List.of("jaeger", "ottrace"));

    assertThat(extractBaggage("Uberctx-UserId", "1", "uberctx-userid", "2", "UBERCTX-K", "3"))
        .isEqualTo("userid=1,k=3");
    assertThat(extractBaggage("Ot-Baggage-UserId", "1", "ot-baggage-USERID", "2"))
        .isEqualTo("userid=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ",;", ";,", "=,", " ,", ";=,"})
  void membersAfterManyEmptyOnesAreFound(String empty) {
    Propagation.configure(List.of("jaeger"));
    String list = empty.repeat(1000) + ",k=v;p=1,no;q=1,l=w";

    assertThat(extractBaggage("jaeger-baggage", list)).isEqualTo("k=v,l=w");
    assertThat(passedOn(list)).containsEntry("uberctx-k", "v").containsEntry("uberctx-l", "w");
    assertThat(extractBaggage("jaeger-baggage", empty.repeat(1000))).isNull();
  }

  @Test
  void baggageOfOneFormIsPassedOnInAll() {
    Propagation.configure(List.of("tracecontext", "baggage", "jaeger", "ottrace", "b3", "xray"));

    assertThat(passedOn(requireNonNull(extractBaggage("uberctx-user", "a%20b"))))
        .containsEntry("baggage", "user=a%20b")
        .containsEntry("uberctx-user", "a%20b")
        .containsEntry("ot-baggage-user", "a b");
    assertThat(passedOn("user=7;ttl=3 , other = x"))
        .containsEntry("baggage", "user=7;ttl=3 , other = x")
        .containsEntry("uberctx-user", "7")
        .containsEntry("ot-baggage-other", "x");
  }

  @Test
  void headerOfTheW3cWinsThenTheOperatorsOrder() {
    String[] headers = {"ot-baggage-k", "ot", "uberctx-k", "uber", "baggage", "k=w3c"};

    Propagation.configure(List.of("ottrace", "jaeger", "baggage"));
    assertThat(extractBaggage(headers)).isEqualTo("k=w3c");
    Propagation.configure(List.of("ottrace", "jaeger"));
    assertThat(extractBaggage(headers)).isEqualTo("k=ot");
    Propagation.configure(List.of("jaeger", "ottrace"));
    assertThat(extractBaggage(headers)).isEqualTo("k=uber");
    Propagation.configure(List.of("tracecontext", "b3", "xray"));
    assertThat(extractBaggage(headers)).isNull();
  }

  @Test
  void numberAndLengthAreBounded() {
    Propagation.configure(List.of("jaeger"));
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.addAll(List.of("uberctx-k" + i, "v"));
    }
    List<String> big = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      big.addAll(List.of("uberctx-k" + i, ",".repeat(1000)));
    }

    String members = requireNonNull(extractBaggage(many.toArray(new String[0])));
    assertThat(members.split(",")).hasSize(64);
    assertThat(extractBaggage(big.toArray(new String[0]))).hasSizeLessThanOrEqualTo(8192);
    assertThat(extractBaggage("jaeger-baggage", "k=" + "v".repeat(8192))).isNull();
    assertThat(passedOn(members + ",one-more=1")).hasSize(1 + 64);
    assertThat(passedOn("a=" + "+".repeat(5000) + ",b=1")).containsOnlyKeys("uber-trace-id");
  }

  private static Map<String, String> passedOn(String baggage) {
    return inject(started(Sampler.ALWAYS_ON, null, baggage)).asMap().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, header -> header.getValue().get(0)));
  }
}
