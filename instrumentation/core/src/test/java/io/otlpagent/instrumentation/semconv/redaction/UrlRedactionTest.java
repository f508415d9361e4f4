package io.otlpagent.instrumentation.semconv.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.semconv.SemconvSettings;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UrlRedactionTest {

  @AfterEach
  void restore() {
    SemconvSettings.install(SemconvSettings.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "token=x, token=REDACTED",
    "a=1&token=x&b=2, a=1&token=REDACTED&b=2",
    "Token=x&PASSWORD=y, Token=REDACTED&PASSWORD=REDACTED",
    "sig=x&Signature=y, sig=REDACTED&Signature=REDACTED",
    "X-Amz-Signature=x&X-Amz-Date=1, X-Amz-Signature=REDACTED&X-Amz-Date=1",
    "token=a=b=c&x=1, token=REDACTED&x=1",
    "token=, token=REDACTED",
    "%74oken=x, %74oken=REDACTED",
    "a&token=x, a&token=REDACTED",
    "&&token=x&, &&token=REDACTED&",
  })
  void sensitiveValuesOfAQueryAreReplaced(String query, String redacted) {
    assertThat(UrlRedaction.query(query)).isEqualTo(redacted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "=", "&", "a=1&b=2", "SIG=x", "mytoken=x", "token", "%7=x", "%zz=1", "%"})
  void queryWithoutSecretsStaysAsItIs(String query) {
    assertThat(UrlRedaction.query(query)).isSameAs(query);
  }

  @ParameterizedTest
  @CsvSource({
    "/app/x;jsessionid=ABC, /app/x",
    "/app;JSESSIONID=ABC/x, /app/x",
    "/app/x;a=1;jsessionid=ABC;b=2, /app/x;a=1;b=2",
    "/app/x;jsessionids=1, /app/x;jsessionids=1",
    "/app/jsessionid=1, /app/jsessionid=1",
    "/;, /;",
    "/a/b, /a/b",
  })
  void sessionIdIsTakenOutOfAPath(String path, String redacted) {
    assertThat(UrlRedaction.path(path)).isEqualTo(redacted);
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/x, https://example.com/x",
    "https://u:p@example.com/x, https://REDACTED:REDACTED@example.com/x",
    "https://u@example.com, https://REDACTED:REDACTED@example.com",
    "https://u:p@q@example.com?a=@, https://REDACTED:REDACTED@example.com?a=@",
    "https://example.com/@x?a=b@c, https://example.com/@x?a=b@c",
    "http://[::1]:8080/x?token=y#top, http://[::1]:8080/x?token=REDACTED#top",
    "http://h/a;jsessionid=1/b?q=1;jsessionid=2, http://h/a/b?q=1;jsessionid=2",
    "http://h/#access_token=x&a=1, http://h/#access_token=REDACTED&a=1",
    "http://h/#a?token=x, http://h/#a?token=x",
    "http://h?, http://h?",
    "http://h/?token=x?y#, http://h/?token=REDACTED",
  })
  void urlLosesUserInfoSessionIdAndSecrets(String url, String redacted) {
    String expected = url.endsWith("#") ? redacted + "#" : redacted;

    assertThat(UrlRedaction.url(url)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "h", "http://h", "http://h/a?b=1&c#d=2", "http://h?x@y=1", "http://h/#a;b"})
  void urlWithoutSecretsStaysAsItIs(String url) {
    assertThat(UrlRedaction.url(url)).isSameAs(url);
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/?%74oken=x, http://h/?%74oken=REDACTED",
    "http://h/?to\u212Aen=x, http://h/?to\u212Aen=REDACTED",
    "http://h/?a=1#b=2&TOKEN=x, http://h/?a=1#b=2&TOKEN=REDACTED",
  })
  void aKeyOfAUrlIsFoundHoweverItIsWritten(String url, String redacted) {
    assertThat(UrlRedaction.url(url)).isEqualTo(redacted);
  }

  @Test
  void emptyListsSwitchRedactionOff() {
    SemconvSettings.install(
        new SemconvSettings(SemconvSettings.DEFAULT_KNOWN_METHODS, Set.of(), Set.of(), true, true));

    assertThat(UrlRedaction.url("http://h/a;jsessionid=1?token=x&sig=y"))
        .isEqualTo("http://h/a;jsessionid=1?token=x&sig=y");
  }
}
