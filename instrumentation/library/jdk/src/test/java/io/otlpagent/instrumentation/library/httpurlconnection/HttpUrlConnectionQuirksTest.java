package io.otlpagent.instrumentation.library.httpurlconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.testing.BrokenHeaderCapture;
import io.otlpagent.instrumentation.testing.Certificates;
import io.otlpagent.instrumentation.testing.LoopbackServer;
import io.otlpagent.instrumentation.testing.RawServer;
import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.trace.Sampler;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.net.Authenticator;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is particular to the JDK's {@code HttpURLConnection}. */
class HttpUrlConnectionQuirksTest {

  private static final byte[] BODY = "some text".getBytes(StandardCharsets.UTF_8);

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  private final LoopbackServer server = LoopbackServer.http();

  @AfterEach
  void stop() {
    server.close();
    SemconvSettings.install(SemconvSettings.DEFAULT);
  }

  @Test
  void missingFileIsAStatusAndNoException() throws Exception {
    HttpURLConnection connection = open(server.url("/status/404"));

    assertThatThrownBy(connection::getInputStream).isInstanceOf(FileNotFoundException.class);
    assertThatThrownBy(connection::getInputStream).isInstanceOf(FileNotFoundException.class);
    assertThat(connection.getResponseCode()).isEqualTo(404);

    RecordedSpan span = spans.takeOne();
    assertThat(span.attribute("error.type")).isEqualTo("404");
    assertThat(span.span().exception()).isNull();
  }

  @Test
  void everyGetterOfTheResponseIsTheSameSpan() throws Exception {
    HttpURLConnection connection = open(server.url("/hello"));

    connection.connect();
    connection.getHeaderFields();
    connection.getContentType();
    connection.getResponseMessage();
    connection.getInputStream().readAllBytes();
    connection.disconnect();

    assertThat(spans.takeOne().attribute("http.response.status_code")).isEqualTo(200L);
  }

  @Test
  void connectionWithoutRequestIsNoSpan() throws Exception {
    HttpURLConnection connection = open(server.url("/hello"));

    connection.connect();
    connection.disconnect();

    assertThat(server.received()).isEmpty();
  }

  @Test
  void timeBetweenConnectAndUseIsNotMeasured() throws Exception {
    HttpURLConnection connection = open(server.url("/hello"));
    connection.connect();

    spans.inSpan("later", () -> assertThat(status(connection)).isEqualTo(200));

    List<RecordedSpan> taken = spans.take(2);
    assertThat(taken.get(0).isChildOf(taken.get(1))).isTrue();
    assertThat(taken.get(0).span().startEpochNanos())
        .isGreaterThanOrEqualTo(taken.get(1).span().startEpochNanos());
  }

  @Test
  void propertiesOfTheRequestStayAsTheyWere() throws Exception {
    HttpURLConnection connection = open(server.url("/hello"));
    connection.setRequestProperty("X-Color", "blue");
    connection.setRequestProperty("baggage", "user=alice");
    Map<String, List<String>> before = connection.getRequestProperties();

    int status = connection.getResponseCode();

    spans.takeOne();
    assertThat(status).isEqualTo(200);
    assertThat(before).containsOnlyKeys("X-Color", "baggage");
    assertThat(connection.getRequestProperty("X-Color")).isEqualTo("blue");
    assertThat(connection.getRequestProperty("baggage")).isEqualTo("user=alice");
    assertThat(connection.getRequestProperty("traceparent")).isNull();
    assertThat(server.received().get(0).header("baggage")).isEqualTo("user=alice");
  }

  @Test
  void propertiesOfTheRequestStayAsTheyWereWhenTheAgentFails() throws Exception {
    BrokenHeaderCapture.installForClients();
    HttpURLConnection connection = open(server.url("/hello"));

    assertThat(connection.getResponseCode()).isEqualTo(200);

    spans.takeAdviceErrors(1);
    assertThat(spans.takeOne().attribute("http.response.status_code")).isEqualTo(200L);
    assertThat(connection.getRequestProperty("traceparent")).isNull();
  }

  @Test
  void headerOfTheApplicationIsReplacedOnTheWireOnly() throws Exception {
    HttpURLConnection connection = open(server.url("/hello"));
    String mine = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    connection.setRequestProperty("Traceparent", mine);

    assertThat(connection.getResponseCode()).isEqualTo(200);

    assertThat(server.received().get(0).header("traceparent"))
        .isEqualTo(traceparent(spans.takeOne()));
    assertThat(connection.getRequestProperty("traceparent")).isEqualTo(mine);
  }

  @Test
  void streamOfFixedLengthIsOneSpan() throws Exception {
    HttpURLConnection connection = post(server.url("/echo"));
    connection.setFixedLengthStreamingMode(BODY.length);

    assertThat(exchange(connection)).isEqualTo(BODY);

    assertThat(server.received().get(0).header("traceparent"))
        .isEqualTo(traceparent(spans.takeOne()));
  }

  @Test
  void streamOfChunksIsOneSpan() throws Exception {
    HttpURLConnection connection = post(server.url("/echo"));
    connection.setChunkedStreamingMode(4);

    assertThat(exchange(connection)).isEqualTo(BODY);

    assertThat(server.received().get(0).header("traceparent"))
        .isEqualTo(traceparent(spans.takeOne()));
  }

  @Test
  void streamIsNotRedirected() throws Exception {
    HttpURLConnection connection = post(server.url("/redirect/hello"));
    connection.setChunkedStreamingMode(4);

    assertThatThrownBy(() -> exchange(connection)).isInstanceOf(HttpRetryException.class);

    assertThat(spans.takeOne().attribute("http.response.status_code")).isEqualTo(302L);
  }

  @Test
  void redirectOfPostBecomesGet() throws Exception {
    HttpURLConnection connection = post(server.url("/redirect/hello"));

    assertThat(exchange(connection)).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));

    List<RecordedSpan> taken = spans.take(2);
    assertThat(taken.get(0).name()).isEqualTo("POST");
    assertThat(taken.get(1).name()).isEqualTo("GET");
    assertThat(taken.get(1).attribute("http.request.resend_count")).isEqualTo(1L);
  }

  @Test
  void redirectKeepsPostWith307() throws Exception {
    HttpURLConnection connection = post(server.url("/redirect307/echo"));

    assertThat(exchange(connection)).isEqualTo(BODY);

    List<RecordedSpan> taken = spans.take(2);
    assertThat(taken.get(1).name()).isEqualTo("POST");
    assertThat(server.received().get(0).header("traceparent")).isEqualTo(traceparent(taken.get(0)));
    assertThat(server.received().get(1).header("traceparent")).isEqualTo(traceparent(taken.get(1)));
  }

  @Test
  void unfollowedRedirectIsOneSpan() throws Exception {
    HttpURLConnection connection = open(server.url("/redirect/hello"));
    connection.setInstanceFollowRedirects(false);

    assertThat(connection.getResponseCode()).isEqualTo(302);

    assertThat(spans.takeOne().span().failed()).isFalse();
  }

  @Test
  void streamWithoutItsResponseEndsWithTheConnection() throws Exception {
    HttpURLConnection connection = post(server.url("/echo"));
    connection.setChunkedStreamingMode(4);
    connection.getOutputStream().write(BODY);

    connection.disconnect();

    RecordedSpan span = spans.takeOne();
    assertThat(span.span().failed()).isFalse();
    assertThat(span.attribute("http.response.status_code")).isNull();
  }

  @Test
  void forgottenStreamIsCollected() throws Exception {
    spans.sampler(Sampler.ALWAYS_OFF);
    try (RawServer patient =
        new RawServer(
            (self, number, socket) -> {
              self.readHeaders(socket);
              socket.getInputStream().readAllBytes();
            })) {
      HttpURLConnection connection = post(patient.url("/"));
      connection.setChunkedStreamingMode(4);
      connection.getOutputStream().write(BODY);
      WeakReference<HttpURLConnection> reference = new WeakReference<>(connection);

      connection = null;

      await()
          .until(
              () -> {
                System.gc();
                return reference.get() == null;
              });
    }
  }

  @Test
  void challengeIsASecondSpan() throws Exception {
    HttpURLConnection connection = open(server.url("/protected"));
    connection.setAuthenticator(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication("alice", "secret".toCharArray());
          }
        });

    assertThat(connection.getResponseCode()).isEqualTo(200);

    List<RecordedSpan> taken = spans.take(2);
    assertThat(taken.get(0).attribute("error.type")).isEqualTo("401");
    assertThat(taken.get(1).attribute("http.request.resend_count")).isEqualTo(1L);
    assertThat(server.received().get(1).header("traceparent")).isEqualTo(traceparent(taken.get(1)));
  }

  @Test
  void requestOfTheAuthenticatorIsItsOwn() throws Exception {
    HttpURLConnection connection = open(server.url("/protected"));
    connection.setAuthenticator(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            assertThat(status(server.url("/status/204"))).isEqualTo(204);
            return new PasswordAuthentication("alice", "secret".toCharArray());
          }
        });

    assertThat(connection.getResponseCode()).isEqualTo(200);

    List<RecordedSpan> taken = spans.take(3);
    assertThat(taken.get(0).attribute("http.response.status_code")).isEqualTo(401L);
    assertThat(taken.get(1).attribute("http.response.status_code")).isEqualTo(204L);
    assertThat(taken.get(1).attribute("http.request.resend_count")).isNull();
    assertThat(taken.get(2).attribute("http.request.resend_count")).isEqualTo(1L);
  }

  @Test
  void expectationIsPartOfItsRequest() throws Exception {
    try (RawServer continuing =
        new RawServer(
            (self, number, socket) -> {
              self.readHeaders(socket);
              self.write(socket, "HTTP/1.1 100 Continue");
              socket.getInputStream().readNBytes(BODY.length);
              self.write(socket, "HTTP/1.1 201 Created", "Content-Length: 0");
            })) {
      HttpURLConnection connection = post(continuing.url("/"));
      connection.setFixedLengthStreamingMode(BODY.length);
      connection.setRequestProperty("Expect", "100-Continue");

      exchange(connection);
    }

    assertThat(spans.takeOne().attribute("http.response.status_code")).isEqualTo(201L);
  }

  @Test
  void rejectedExpectationIsTheOutcome() throws Exception {
    try (RawServer rejecting =
        new RawServer(
            (self, number, socket) -> {
              self.readHeaders(socket);
              self.write(socket, "HTTP/1.1 417 Expectation Failed", "Content-Length: 0");
            })) {
      HttpURLConnection connection = post(rejecting.url("/"));
      connection.setFixedLengthStreamingMode(BODY.length);
      connection.setRequestProperty("Expect", "100-Continue");

      assertThatThrownBy(connection::getOutputStream).isInstanceOf(IOException.class);
    }

    assertThat(spans.takeOne().attribute("error.type")).isEqualTo("417");
  }

  @Test
  void answerThatIsNotHttpIsError() throws Exception {
    try (RawServer confused =
        new RawServer(
            (self, number, socket) -> {
              self.readHeaders(socket);
              self.write(socket, "220 mail.example ESMTP");
            })) {
      assertThatThrownBy(() -> open(confused.url("/")).getInputStream())
          .isInstanceOf(IOException.class);
    }

    assertThat(spans.takeOne().attribute("error.type")).isEqualTo("java.io.IOException");
  }

  @Test
  void tunnelThroughAProxyIsNoSpan() throws Exception {
    try (LoopbackServer secure = LoopbackServer.https();
        RawServer proxy = new RawServer((self, number, socket) -> tunnel(self, socket, secure))) {
      HttpsURLConnection connection =
          (HttpsURLConnection) new URL(secure.url("/hello")).openConnection(through(proxy));
      connection.setSSLSocketFactory(Certificates.context().getSocketFactory());

      assertThat(connection.getResponseCode()).isEqualTo(200);
      connection.getInputStream().readAllBytes();
      connection.disconnect();

      RecordedSpan span = spans.takeOne();
      assertThat(span.attribute("server.port")).isEqualTo((long) secure.port());
      assertThat(secure.received().get(0).header("traceparent")).isEqualTo(traceparent(span));
      assertThat(proxy.requests().get(0))
          .startsWith("CONNECT ")
          .doesNotContainIgnoringCase("traceparent");
    }
  }

  @Test
  void untrustedCertificateIsError() throws Exception {
    try (LoopbackServer secure = LoopbackServer.https()) {
      HttpURLConnection connection = open(secure.url("/hello"));

      assertThatThrownBy(connection::getResponseCode).isInstanceOf(IOException.class);

      assertThat(spans.takeOne().attribute("error.type"))
          .isEqualTo("javax.net.ssl.SSLHandshakeException");
      assertThat(secure.received()).isEmpty();
    }
  }

  @Test
  void timeoutIsRememberedByTheConnectionAndRecordedOnce() throws Exception {
    HttpURLConnection connection = open(server.url("/silent"));
    connection.setReadTimeout(200);

    assertThatThrownBy(connection::getInputStream).isInstanceOf(SocketTimeoutException.class);
    assertThatThrownBy(connection::getInputStream).isInstanceOf(SocketTimeoutException.class);

    assertThat(spans.takeOne().attribute("error.type"))
        .isEqualTo("java.net.SocketTimeoutException");
  }

  @Test
  void connectionOfAnotherVendorIsLeftAlone() throws Exception {
    HttpURLConnection other =
        new HttpURLConnection(new URL(server.url("/hello"))) {
          @Override
          public void connect() {}

          @Override
          public void disconnect() {}

          @Override
          public boolean usingProxy() {
            return false;
          }

          @Override
          public InputStream getInputStream() {
            return InputStream.nullInputStream();
          }
        };

    other.connect();
    other.getInputStream().close();

    assertThat(spans.live()).isZero();
  }

  private static HttpURLConnection open(String url) throws IOException {
    return (HttpURLConnection) new URL(url).openConnection();
  }

  private static HttpURLConnection post(String url) throws IOException {
    HttpURLConnection connection = open(url);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    return connection;
  }

  private static byte[] exchange(HttpURLConnection connection) throws IOException {
    try (OutputStream out = connection.getOutputStream()) {
      out.write(BODY);
    }
    try (InputStream in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }

  private static int status(HttpURLConnection connection) {
    try {
      return connection.getResponseCode();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int status(String url) {
    try {
      return open(url).getResponseCode();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Proxy through(RawServer proxy) {
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", proxy.port()));
  }

  private static void tunnel(RawServer self, Socket client, LoopbackServer to) throws IOException {
    self.readHeaders(client);
    try (Socket server = new Socket("127.0.0.1", to.port())) {
      self.write(client, "HTTP/1.1 200 Connection established");
      Thread back =
          new Thread(
              () -> {
                try {
                  server.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException e) {
                  // One side has closed.
                }
              });
      back.setDaemon(true);
      back.start();
      client.getInputStream().transferTo(server.getOutputStream());
    }
  }

  private static String traceparent(RecordedSpan span) {
    return String.format("00-%s-%016x-%02x", span.traceId(), span.spanId(), span.span().flags());
  }
}
