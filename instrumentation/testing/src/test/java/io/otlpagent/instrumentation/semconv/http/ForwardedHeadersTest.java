package io.otlpagent.instrumentation.semconv.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ForwardedHeadersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "for=192.0.2.60;proto=http;by=203.0.113.43     | 192.0.2.60",
        "FOR=192.0.2.43, for=198.51.100.17            | 192.0.2.43",
        "for=\"192.0.2.43:4711\"                      | 192.0.2.43",
        "for=192.0.2.43:4711                          | 192.0.2.43",
        "For=\"[2001:db8:cafe::17]:4711\"             | 2001:db8:cafe::17",
        "for=\"[2001:db8:cafe::17]\"                  | 2001:db8:cafe::17",
        "proto=https, by=x ; for=1.2.3.4              | 1.2.3.4",
        "by=\"a,b;for=6.6.6.6\";for=1.2.3.4           | 1.2.3.4",
        "by=\"a\\\"b\";for=1.2.3.4                    | 1.2.3.4",
      })
  void forwardedForIsTheClient(String forwarded, String client) {
    assertThat(ForwardedHeaders.client(forwarded, "9.9.9.9")).isEqualTo(client);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        ";",
        ",",
        "for",
        "for=",
        "for=\"\"",
        "for=unknown",
        "for=_hidden",
        "xfor=1",
        "for=[::1"
      })
  void forwardedForThatNamesNoAddressLeavesTheOtherHeader(@Nullable String forwarded) {
    assertThat(ForwardedHeaders.client(forwarded, "9.9.9.9")).isEqualTo("9.9.9.9");
    assertThat(ForwardedHeaders.client(forwarded, null)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "1.2.3.4                 | 1.2.3.4",
        "1.2.3.4, 5.6.7.8        | 1.2.3.4",
        "1.2.3.4:5678,5.6.7.8    | 1.2.3.4",
        "2001:db8::1             | 2001:db8::1",
        "[2001:db8::1]:443       | 2001:db8::1",
        "\"[2001:db8::1]\", a    | 2001:db8::1",
      })
  void firstEntryOfForwardedForIsTheClient(String forwardedFor, String client) {
    assertThat(ForwardedHeaders.client(null, forwardedFor)).isEqualTo(client);
  }

  @Test
  void schemeIsTakenFromTheFirstHeaderThatHasAKnownOne() {
    assertThat(ForwardedHeaders.scheme("proto=https", "http")).isEqualTo("https");
    assertThat(ForwardedHeaders.scheme("for=1.2.3.4;Proto=HTTPS", null)).isEqualTo("https");
    assertThat(ForwardedHeaders.scheme("for=1.2.3.4", "https, http")).isEqualTo("https");
    assertThat(ForwardedHeaders.scheme("proto=x", "HTTP")).isEqualTo("http");
    assertThat(ForwardedHeaders.scheme(null, "random-4711")).isNull();
    assertThat(ForwardedHeaders.scheme(null, null)).isNull();
  }

  @Test
  void authorityIsTakenFromTheHeaderNearestToTheClient() {
    assertThat(ForwardedHeaders.authority("host=\"a:1\"", "b", "c")).isEqualTo("a:1");
    assertThat(ForwardedHeaders.authority("for=1.2.3.4", "b:2, x", "c")).isEqualTo("b:2");
    assertThat(ForwardedHeaders.authority(null, null, "c:3")).isEqualTo("c:3");
    assertThat(ForwardedHeaders.authority(null, "", "c")).isEqualTo("c");
    assertThat(ForwardedHeaders.authority(null, null, null)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, 0",
    "example.com:8080, example.com, 8080",
    "example.com:, example.com, 0",
    "example.com:http, example.com, 0",
    "example.com:65536, example.com, 0",
    "example.com:99999999999, example.com, 0",
    "127.0.0.1:1, 127.0.0.1, 1",
    "[::1]:8080, ::1, 8080",
    "[::1], ::1, 0",
    "::1, ::1, 0",
    "[::1]8080, ::1, 0",
    "[::1, , 0",
    ":80, , 80",
  })
  void hostAndPortAreSplit(String authority, @Nullable String host, int port) {
    assertThat(ForwardedHeaders.host(authority)).isEqualTo(host);
    assertThat(ForwardedHeaders.port(authority)).isEqualTo(port);
  }
}
