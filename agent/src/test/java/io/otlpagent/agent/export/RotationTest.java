package io.otlpagent.agent.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.export.grpc.GrpcSender;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.tls.TlsFiles;
import io.otlpagent.agent.export.transport.CollectorEndpoint;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.HttpSender;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.export.transport.SenderSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and headers that are exchanged while exports go on. */
@Timeout(300)
class RotationTest {

  @TempDir private static Path files;

  @BeforeAll
  static void makeCertificates() throws Exception {
    for (String name : new String[] {"server-old", "server-newer", "client-old", "client-newer"}) {
      Certificates.make(files, name, "EC", Certificates.LOOPBACK);
    }
    Files.write(
        files.resolve("clients.crt"),
        (Files.readString(files.resolve("client-old.crt"))
                + Files.readString(files.resolve("client-newer.crt")))
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @BeforeEach
  void begin() throws Exception {
    use("ca.crt", "server-old.crt");
    use("tls.crt", "client-old.crt");
    use("tls.key", "client-old.key");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aNewClientCertificateIsShownThoughTheConnectionIsHealthy(boolean grpc) throws Exception {
    try (ScriptedServer server = server(grpc, "server-old", true)) {
      OtlpSender sender = sender(grpc, server.port(), Map.of());
      assertThat(Requests.send(sender, 1).isSuccess()).isTrue();
      assertThat(Requests.send(sender, 1).isSuccess()).isTrue();

      use("tls.crt", "client-newer.crt");

      // With the key of another certificate nothing can be done yet.
      assertThat(Requests.send(sender, 1).isSuccess()).isTrue();
      assertThat(server.clients()).containsExactly("CN=client-old");

      use("tls.key", "client-newer.key");

      assertThat(Requests.send(sender, 1).isSuccess()).isTrue();
      assertThat(Requests.send(sender, 1).isSuccess()).isTrue();
      assertThat(server.clients()).containsExactly("CN=client-old", "CN=client-newer");
      sender.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aNewAuthorityIsTrustedWhenTheServerHasChanged(boolean grpc) throws Exception {
    try (ScriptedServer server = server(grpc, "server-old", false)) {
      OtlpSender sender = sender(grpc, server.port(), Map.of());
      assertThat(Requests.send(sender, 1).isSuccess()).isTrue();
      server.secure(tls("server-newer").context(), false);
      server.hangUp();

      ExportResult distrusted = Requests.send(sender, 1);
      ExportResult stillDistrusted = Requests.send(sender, 1);
      use("ca.crt", "server-newer.crt");

      assertThat(distrusted.isRetryable()).isTrue();
      assertThat(stillDistrusted.isUnreached()).isTrue();
      assertThat(Requests.send(sender, 1).isSuccess()).isTrue();
      sender.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void headersAreAskedForWithEachRequest(boolean grpc) throws Exception {
    AtomicReference<Map<String, String>> headers = new AtomicReference<>(Map.of("x-token", "old"));
    try (GrpcCollector collector = new GrpcCollector();
        ScriptedServer server = new ScriptedServer(false, Replies.httpOk(new byte[0]))) {
      int port = grpc ? collector.port() : server.port();
      SenderSettings settings =
          new SenderSettings(
                  CollectorEndpoint.of("http://127.0.0.1:" + port, true), Map.of(), false, "1.2.3")
              .with(headers::get);
      OtlpSender sender =
          grpc ? new GrpcSender(settings) : new HttpSender(settings, OtlpSignal::httpPath);

      assertThat(Requests.send(sender, 1).isSuccess()).isTrue();
      headers.set(Map.of("x-token", "new"));
      assertThat(Requests.send(sender, 1).isSuccess()).isTrue();

      sender.close();
      if (grpc) {
        io.grpc.Metadata.Key<String> token =
            io.grpc.Metadata.Key.of("x-token", io.grpc.Metadata.ASCII_STRING_MARSHALLER);
        assertThat(collector.headers())
            .extracting(all -> all.get(token))
            .containsExactly("old", "new");
      } else {
        assertThat(server.heads().get(0)).contains("x-token: old");
        assertThat(server.heads().get(1)).contains("x-token: new");
      }
    }
  }

  private static ScriptedServer server(boolean grpc, String name, boolean clientCertificate)
      throws Exception {
    ScriptedServer server =
        new ScriptedServer(grpc, grpc ? Replies.grpcOk(new byte[0]) : Replies.httpOk(new byte[0]));
    return server.secure(tls(name).context(), clientCertificate);
  }

  private static TlsFiles tls(String name) {
    return new TlsFiles(pem("clients.crt"), pem(name + ".crt"), pem(name + ".key"));
  }

  private static OtlpSender sender(boolean grpc, int port, Map<String, String> headers) {
    SenderSettings settings =
        new SenderSettings(
                CollectorEndpoint.of("https://127.0.0.1:" + port, false), headers, false, "1.2.3")
            .with(new TlsFiles(pem("ca.crt"), pem("tls.crt"), pem("tls.key")));
    return grpc ? new GrpcSender(settings) : new HttpSender(settings, OtlpSignal::httpPath);
  }

  /** In one step, as cert-manager does it. */
  private static void use(String as, String name) throws Exception {
    Path copy =
        Files.copy(
            files.resolve(name), files.resolve(as + ".new"), StandardCopyOption.REPLACE_EXISTING);
    Files.move(
        copy,
        files.resolve(as),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  private static String pem(String name) {
    return files.resolve(name).toString();
  }
}
