package io.otlpagent.agent.export.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.grpc.Server;
import io.grpc.TlsServerCredentials;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.otlpagent.agent.export.Certificates;
import io.otlpagent.agent.export.Requests;
import io.otlpagent.agent.export.grpc.GrpcSender;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.transport.CollectorEndpoint;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.HttpSender;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.export.transport.SenderSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both senders against servers with certificates that keytool made. */
@Timeout(300)
class TlsTest {

  @TempDir private static Path files;

  private HttpsServer https;
  private Server grpc;

  @BeforeAll
  static void makeCertificates() throws Exception {
    for (String name : new String[] {"server", "client", "stranger"}) {
      Certificates.make(files, name, name.equals("client") ? "EC" : "RSA", Certificates.LOOPBACK);
    }
  }

  @AfterEach
  void stop() {
    if (https != null) {
      https.stop(0);
    }
    if (grpc != null) {
      grpc.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void anAuthorityInAFileIsTrusted(String protocol) throws Exception {
    OtlpSender sender = sender(protocol, new TlsFiles(pem("server.crt"), "", ""));

    ExportResult result = Requests.send(sender, 1);
    sender.close();

    // The gRPC server knows no such method, which it can only say after the handshake.
    assertThat(result.reason()).isEqualTo(protocol.equals("grpc") ? "unimplemented" : "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void aStrangerIsNotTrusted(String protocol) throws Exception {
    OtlpSender sender = sender(protocol, new TlsFiles(pem("stranger.crt"), "", ""));

    ExportResult result = Requests.send(sender, 1);
    sender.close();

    assertThat(result.isRetryable()).isTrue();
    assertThat(result.message()).containsIgnoringCase("cert");
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void aPipeIsRefusedAndNotWaitedFor(String protocol) throws Exception {
    String pipe = files.resolve("pipe-" + protocol).toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();

    for (TlsFiles tls :
        new TlsFiles[] {
          new TlsFiles(pipe, "", ""),
          new TlsFiles("", pipe, pem("client.key")),
          new TlsFiles("", pem("client.crt"), pipe)
        }) {
      OtlpSender sender = sender(protocol, tls);
      ExportResult result = Requests.send(sender, 1);
      sender.close();

      assertThat(result.message()).contains(pipe + " is not a regular file");
    }
  }

  @Test
  void theClientShowsItsCertificate() throws Exception {
    TlsFiles client = new TlsFiles(pem("server.crt"), pem("client.crt"), pem("client.key"));
    int port = https(true);

    OtlpSender anonymous = http(port, new TlsFiles(pem("server.crt"), "", ""));
    OtlpSender known = http(port, client);

    assertThat(Requests.send(anonymous, 1).isSuccess()).isFalse();
    assertThat(Requests.send(known, 1).isSuccess()).isTrue();
    anonymous.close();
    known.close();
  }

  @Test
  void aNewFileIsReadForTheNextConnection() throws Exception {
    Path ca = files.resolve("ca.crt");
    Files.copy(files.resolve("stranger.crt"), ca);
    int port = https(false);
    OtlpSender sender = http(port, new TlsFiles(ca.toString(), "", ""));
    assertThat(Requests.send(sender, 1).isSuccess()).isFalse();

    Files.write(ca, Files.readAllBytes(files.resolve("server.crt")));
    Files.writeString(ca, "\n", java.nio.file.StandardOpenOption.APPEND);

    assertThat(Requests.send(sender, 1).isSuccess()).isTrue();
    sender.close();
  }

  @Test
  void aMissingFileIsSaid() throws Exception {
    OtlpSender sender = http(https(false), new TlsFiles("/nowhere/ca.pem", "", ""));

    assertThat(Requests.send(sender, 1).message()).contains("/nowhere/ca.pem");
    sender.close();
  }

  @Test
  void keysAreReadInBothForms() throws Exception {
    PrivateKey rsa = PemKey.read(files.resolve("server.key").toFile());
    Path pkcs1 = files.resolve("pkcs1.key");
    Files.writeString(pkcs1, Certificates.section("RSA PRIVATE KEY", pkcs1(rsa)));

    assertThat(PemKey.read(pkcs1.toFile())).isEqualTo(rsa);
    assertThat(PemKey.read(files.resolve("client.key").toFile()).getAlgorithm()).isEqualTo("EC");
  }

  private OtlpSender sender(String protocol, TlsFiles tls) throws Exception {
    return protocol.equals("grpc") ? grpc(tls) : http(https(false), tls);
  }

  private OtlpSender grpc(TlsFiles tls) throws IOException {
    grpc =
        OkHttpServerBuilder.forPort(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                TlsServerCredentials.create(
                    files.resolve("server.crt").toFile(), files.resolve("server.key").toFile()))
            .build()
            .start();
    return new GrpcSender(settings(grpc.getPort(), tls));
  }

  private static OtlpSender http(int port, TlsFiles tls) {
    return new HttpSender(settings(port, tls), OtlpSignal::httpPath);
  }

  private static SenderSettings settings(int port, TlsFiles tls) {
    CollectorEndpoint endpoint = CollectorEndpoint.of("https://127.0.0.1:" + port, false);
    return new SenderSettings(endpoint, Map.of(), false, "1.2.3").with(tls);
  }

  private int https(boolean clientCertificate) throws Exception {
    https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    TlsFiles server = new TlsFiles(pem("client.crt"), pem("server.crt"), pem("server.key"));
    https.setHttpsConfigurator(
        new HttpsConfigurator(server.context()) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
            ssl.setNeedClientAuth(clientCertificate);
            parameters.setSSLParameters(ssl);
          }
        });
    https.createContext(
        "/v1/traces",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
        });
    https.start();
    return https.getAddress().getPort();
  }

  private static String pem(String name) {
    return files.resolve(name).toString();
  }

  /** PKCS#8 of a 2048 bit key has 26 bytes before the PKCS#1 form. */
  private static byte[] pkcs1(PrivateKey rsa) {
    byte[] pkcs8 = rsa.getEncoded();
    return java.util.Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
  }
}
