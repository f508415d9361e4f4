package io.otlpagent.instrumentation.semconv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerServicesTest {

  @Test
  void hostAloneFitsEveryPortAndPath() {
    PeerServices services = of("1.2.3.4=cats-service", "dogs.example=dogs-api");

    assertThat(name(services, "1.2.3.4", 80, "http://1.2.3.4/x")).isEqualTo("cats-service");
    assertThat(name(services, "1.2.3.4", 5432, null)).isEqualTo("cats-service");
    assertThat(name(services, "dogs.example", 443, "https://dogs.example")).isEqualTo("dogs-api");
    assertThat(name(services, "birds.example", 443, "https://birds.example")).isNull();
    assertThat(name(services, null, 443, null)).isNull();
  }

  @Test
  void caseOfHostsDoesNotMatter() {
    assertThat(name(of("Dogs.Example=dogs"), "dOGS.eXAMPLE", 80, null)).isEqualTo("dogs");
  }

  @Test
  void portMustBeTheSame() {
    PeerServices services = of("1.2.3.4:443=cats");

    assertThat(name(services, "1.2.3.4", 443, "https://1.2.3.4/")).isEqualTo("cats");
    assertThat(name(services, "1.2.3.4", 80, "http://1.2.3.4/")).isNull();
  }

  @Test
  void pathMustBeginLikeThat() {
    PeerServices services = of("dogs.example:80/api=dogs-api", "cats.example/api=cats-api");

    assertThat(name(services, "dogs.example", 80, "http://dogs.example:80/api/v1"))
        .isEqualTo("dogs-api");
    assertThat(name(services, "dogs.example", 80, "http://dogs.example/other")).isNull();
    assertThat(name(services, "dogs.example", 80, "http://dogs.example?a=/api")).isNull();
    assertThat(name(services, "dogs.example", 80, null)).isNull();
    assertThat(name(services, "cats.example", 8080, "http://cats.example:8080/api"))
        .isEqualTo("cats-api");
  }

  @Test
  void rootIsThePathOfAUrlWithoutOne() {
    PeerServices services = of("dogs.example/=dogs");

    assertThat(name(services, "dogs.example", 80, "http://dogs.example")).isEqualTo("dogs");
    assertThat(name(services, "dogs.example", 80, "http://dogs.example?a")).isEqualTo("dogs");
    assertThat(name(services, "dogs.example", 80, null)).isNull();
  }

  @Test
  void whatSaysMoreGoesFirst() {
    PeerServices services =
        of("h=host", "h/a=path", "h:81=port", "h:81/a=both", "h:81/a/b=longer", "*=any");

    assertThat(name(services, "h", 80, "http://h/x")).isEqualTo("host");
    assertThat(name(services, "h", 80, "http://h/a")).isEqualTo("path");
    assertThat(name(services, "h", 81, "http://h:81/x")).isEqualTo("port");
    assertThat(name(services, "h", 81, "http://h:81/a/c")).isEqualTo("both");
    assertThat(name(services, "h", 81, "http://h:81/a/b/c")).isEqualTo("longer");
    assertThat(name(services, "i", 81, "http://i:81/a/b/c")).isEqualTo("any");
  }

  @Test
  void patternsStandForSeveralHosts() {
    PeerServices services = of("*.shop.example=shop", "db-?.example=db", "*-a*b=both");

    assertThat(name(services, "eu.shop.example", 80, null)).isEqualTo("shop");
    assertThat(name(services, "shop.example", 80, null)).isNull();
    assertThat(name(services, "db-1.example", 5432, null)).isEqualTo("db");
    assertThat(name(services, "db-12.example", 5432, null)).isNull();
    assertThat(name(services, "x-aab", 1, null)).isEqualTo("both");
    assertThat(name(services, "x-aba", 1, null)).isNull();
  }

  @Test
  void ipv6AddressesMayHaveBrackets() {
    PeerServices services = of("[::1]:8080=local", "2001:db8::1=far", "[2001:db8::2]/a=further");

    assertThat(name(services, "::1", 8080, null)).isEqualTo("local");
    assertThat(name(services, "::1", 80, null)).isNull();
    assertThat(name(services, "2001:db8::1", 80, null)).isEqualTo("far");
    assertThat(name(services, "2001:db8::2", 80, "http://[2001:db8::2]/a")).isEqualTo("further");
  }

  @Test
  void schemeIsNotLookedAt() {
    assertThat(name(of("https://dogs.example:80/a=dogs"), "dogs.example", 80, "http://x/a"))
        .isEqualTo("dogs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":80", "/path", "host:", "host:0", "host:65536", "host:http", "[::1", "a@b"})
  void otherThingsAreNoPlaces(String place) {
    assertThatThrownBy(() -> PeerService.of(place, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'" + place + "' is not of the form host, host:port, host/path or host:port/path");
  }

  private static PeerServices of(String... mapping) {
    List<PeerService> services = new ArrayList<>();
    for (String pair : mapping) {
      int equals = pair.indexOf('=');
      services.add(PeerService.of(pair.substring(0, equals), pair.substring(equals + 1)));
    }
    return new PeerServices(services);
  }

  private static @Nullable String name(
      PeerServices services, @Nullable String host, int port, @Nullable String url) {
    return services.name(host, port, url);
  }
}
