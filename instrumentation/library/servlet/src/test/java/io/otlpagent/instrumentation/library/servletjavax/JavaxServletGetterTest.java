package io.otlpagent.instrumentation.library.servletjavax;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;
import javax.servlet.UnavailableException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

final class JavaxServletGetterTest {

  private final JavaxServletGetter getter = new JavaxServletGetter();

  @Test
  void authorityStandsInForTheHostHeaderThatHttp2HasNot() {
    assertThat(getter.first(request("HTTP/2.0", "shop.example", 8443), "host"))
        .isEqualTo("shop.example:8443");
    assertThat(getter.first(request("HTTP/2.0", "shop.example", 443), "host"))
        .isEqualTo("shop.example");
  }

  @Test
  void nobodyIsAskedForTheNameOfAServerThatTheRequestDoesNotName() {
    assertThat(getter.first(request("HTTP/1.0", "from the DNS", 80), "host")).isNull();
    assertThat(getter.first(request("HTTP/2.0", "shop.example", 8443), "user-agent")).isNull();
  }

  @Test
  void statusOfAnExceptionIsWhatTheContainerWillSend() {
    assertThat(getter.status(response(200, false), new IllegalStateException())).isEqualTo(500);
    assertThat(getter.status(response(206, true), new IllegalStateException())).isEqualTo(206);
    assertThat(getter.status(response(200, false), new UnavailableException("", 1))).isEqualTo(503);
    assertThat(getter.status(response(200, false), new UnavailableException(""))).isEqualTo(404);
    assertThat(getter.status(response(404, false), null)).isEqualTo(404);
  }

  private static HttpServletRequest request(String protocol, String serverName, int serverPort) {
    return proxy(
        HttpServletRequest.class,
        Map.of("getProtocol", protocol, "getServerName", serverName, "getServerPort", serverPort));
  }

  private static HttpServletResponse response(int status, boolean committed) {
    return proxy(HttpServletResponse.class, Map.of("getStatus", status, "isCommitted", committed));
  }

  private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.get(method.getName())));
  }
}
