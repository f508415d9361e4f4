package io.otlpagent.instrumentation.semconv.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpUrlTest {

  @ParameterizedTest
  @CsvSource({
    "http://shop/, http, shop, 80",
    "HTTPS://shop/a?b=c#d, HTTPS, shop, 443",
    "https://shop:8443/a, https, shop, 8443",
    "http://[::1]:8080/, http, ::1, 8080",
    "http://[::1]/, http, ::1, 80",
    "http://alice:secret@shop/, http, shop, 80",
    "ftp://shop/, ftp, shop, -1",
    // What java.net.URI takes for the name of a registry.
    "http://my_shop/, http, my_shop, 80",
    "http://my_shop:8080/a, http, my_shop, 8080",
    "http://alice:secret@my_shop:8080/, http, my_shop, 8080",
    "http://alice:secret@my_shop/, http, my_shop, 80",
    "http://my_shop:x/, http, my_shop, 80",
    "http://my_shop:99999999999/, http, my_shop, 80",
    "http://_:/, http, _, 80",
  })
  void partsOfAUri(String text, String scheme, String host, int port) {
    HttpUrl url = HttpUrl.of(URI.create(text));

    assertThat(url.scheme()).isEqualTo(scheme);
    assertThat(url.host()).isEqualTo(host);
    assertThat(url.port()).isEqualTo(port);
    assertThat(url).hasToString(text);
  }

  @Test
  void uriWithoutServerHasNone() {
    for (String text : new String[] {"mailto:alice", "/path", "", "http:/path", "//@"}) {
      HttpUrl url = HttpUrl.of(URI.create(text.equals("//@") ? "http:////" : text));

      assertThat(url.host()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://shop/a?b=c#d, http, shop, 80",
    "https://shop, https, shop, 443",
    "http://[::1]:8080/, http, ::1, 8080",
    "http://alice:secret@shop:81/?, http, shop, 81",
    "http://my shop/a b, http, my shop, 80",
  })
  void partsOfAUrl(String text, String scheme, String host, int port) throws Exception {
    URL source = new URL(text);
    HttpUrl url = HttpUrl.of(source);

    assertThat(url.scheme()).isEqualTo(scheme);
    assertThat(url.host()).isEqualTo(host);
    assertThat(url.port()).isEqualTo(port);
    assertThat(url).hasToString(source.toExternalForm());
  }

  @Test
  void handlerOfTheApplicationIsNotAsked() throws MalformedURLException {
    HttpUrl url = HttpUrl.of(new URL(null, "http://shop:81/a?b", new HostileHandler()));

    assertThat(url).hasToString("http://shop:81/a?b");
    assertThat(url.port()).isEqualTo(81);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "http, shop, -1, /a?b, http://shop/a?b",
        "http, shop, 80, /, http://shop/",
        "https, shop, 80, /, https://shop:80/",
        "https, shop, 8443, null, https://shop:8443/",
        "http, ::1, 8080, /a, http://[::1]:8080/a",
        "http, [::1], -1, /a, http://[::1]/a",
        "http, shop, -1, *, http://shop/*",
        "http, shop, -1, ?b, http://shop/?b",
        "http, proxy, 3128, http://shop/a, http://shop/a",
        "http, shop, -1, /a?to=http://other/, http://shop/a?to=http://other/",
        "null, null, 0, null, http:///",
      })
  void textOfParts(
      @Nullable String scheme,
      @Nullable String host,
      int port,
      @Nullable String target,
      String text) {
    assertThat(HttpUrl.of(scheme, host, port, target)).hasToString(text);
  }

  private static final class HostileHandler extends URLStreamHandler {

    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      throw new IOException("nothing to open");
    }

    @Override
    protected String toExternalForm(URL url) {
      throw new IllegalStateException("no text");
    }

    @Override
    protected int getDefaultPort() {
      throw new IllegalStateException("no port");
    }

    @Override
    protected synchronized InetAddress getHostAddress(URL url) {
      throw new IllegalStateException("no address");
    }

    @Override
    protected int hashCode(URL url) {
      throw new IllegalStateException("no hash");
    }
  }
}
