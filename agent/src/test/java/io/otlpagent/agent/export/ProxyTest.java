package io.otlpagent.agent.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.export.grpc.GrpcSender;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.probe.CollectorProbe;
import io.otlpagent.agent.export.probe.ProbeResult;
import io.otlpagent.agent.export.tls.TlsFiles;
import io.otlpagent.agent.export.transport.CollectorEndpoint;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.HttpSender;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.export.transport.ProxyTunnel;
import io.otlpagent.agent.export.transport.SenderSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both senders and the doctor's probe, through a proxy that alone knows the collector's name. */
@Timeout(300)
class ProxyTest {

  private static final String HOST = "collector.invalid";

  @TempDir private static Path files;

  @ParameterizedTest
  @CsvSource({"grpc, false", "grpc, true", "http, false", "http, true"})
  void spansArriveThroughTheProxy(String protocol, boolean secure) throws Exception {
    boolean grpc = protocol.equals("grpc");
    TlsFiles tls = secure ? certificate() : TlsFiles.NONE;
    try (ScriptedServer collector = collector(grpc);
        LoopbackProxy proxy = new LoopbackProxy(collector.port()).wants("bob:hush")) {
      if (secure) {
        collector.secure(tls.context(), false);
      }
      SenderSettings settings = settings(proxy, "bob:hush", secure).with(tls);
      OtlpSender sender = sender(grpc, settings);

      ExportResult first = Requests.send(sender, 1);
      ExportResult second = Requests.send(sender, 2);
      sender.close();

      assertThat(first.isSuccess()).as(first.message()).isTrue();
      assertThat(second.isSuccess()).as(second.message()).isTrue();
      assertThat(collector.requests()).isEqualTo(2);
      assertThat(proxy.connects()).containsExactly("CONNECT " + HOST + ":4317 HTTP/1.1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void theCollectorIsReachedDirectlyWhateverTheJvmSaysOfProxies(String protocol) throws Exception {
    boolean grpc = protocol.equals("grpc");
    String[] names = {"http.proxyHost", "https.proxyHost", "socksProxyHost"};
    try (ScriptedServer collector = collector(grpc)) {
      for (String name : names) {
        System.setProperty(name, "proxy.invalid");
      }
      System.setProperty("http.nonProxyHosts", "");
      OtlpSender sender =
          sender(
              grpc,
              new SenderSettings(
                  CollectorEndpoint.of("http://127.0.0.1:" + collector.port(), true),
                  Map.of(),
                  false,
                  "1"));

      ExportResult result = Requests.send(sender, 1);
      sender.close();

      assertThat(result.isSuccess()).as(result.message()).isTrue();
    } finally {
      for (String name : names) {
        System.clearProperty(name);
      }
      System.clearProperty("http.nonProxyHosts");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http"})
  void aProxyThatWantsCredentialsIsExplained(String protocol) throws Exception {
    boolean grpc = protocol.equals("grpc");
    try (ScriptedServer collector = collector(grpc);
        LoopbackProxy proxy = new LoopbackProxy(collector.port()).wants("bob:hush")) {
      ProbeResult result = explained(grpc, settings(proxy, "bob:guess", false));

      assertThat(result.hint())
          .isEqualTo(
              "the proxy "
                  + proxy.endpoint()
                  + " answers CONNECT with 407 Proxy Authentication Required: set user and password"
                  + " in otlp.proxy.credentials_file, or in otlp.proxy.url");
      assertThat(collector.requests()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 403 Forbidden\\r\\n\\r\\n | allow CONNECT to collector.invalid:4317",
        "HTTP/1.1 502 Bad Gateway\\r\\n\\r\\n | is the collector reachable from the proxy",
        "HTTP/1.0 504 \\7\\r\\n\\r\\n | answers CONNECT with 504 ?",
        "SSH-2.0-x\\r\\n\\r\\n | gave no answer of HTTP: is otlp.proxy.url the address",
        "HTTP/1.1 200 | closes the connection: is otlp.proxy.url the address",
      })
  void aProxyThatDoesNotConnectIsExplained(String answer, String hint) throws Exception {
    try (LoopbackProxy proxy = new LoopbackProxy(1).answers(answer.translateEscapes())) {
      for (boolean grpc : new boolean[] {true, false}) {
        SenderSettings settings = settings(proxy, "", false);
        OtlpSender sender = sender(grpc, settings);
        ExportResult sent = Requests.send(sender, 1);
        sender.close();

        assertThat(sent.isUnreached()).isTrue();
        assertThat(sent.message()).contains("the proxy " + proxy.endpoint());
        assertThat(new CollectorProbe(settings, grpc, "/v1/traces").explain(sent).hint())
            .contains(hint);
      }
    }
  }

  @Test
  void aProxyThatIsNotThereIsExplained() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String address = "http://127.0.0.1:" + free;

    assertThat(explained(true, settings(address)).hint())
        .startsWith("nothing accepts connections at the proxy " + address);
    assertThat(explained(false, settings("http://proxy.invalid:3128")).hint())
        .isEqualTo("the name of the proxy proxy.invalid cannot be resolved: check otlp.proxy.url");
  }

  @Test
  void aProxyThatSaysNothingIsNotTakenForOneThatIsNotThere() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String address = "http://127.0.0.1:" + silent.getLocalPort();
      ExportResult failed = ExportResult.unreached("timeout", "no connection in time");

      ProbeResult result =
          new CollectorProbe(settings(address), false, "/v1/traces").explain(failed);

      assertThat(result.hint())
          .isEqualTo(
              "the proxy "
                  + address
                  + " gives no answer in time: is otlp.proxy.url the address of an HTTP proxy?");
    }
  }

  @Test
  void whatIsBehindTheProxyIsExplainedAsWithoutOne() throws Exception {
    try (ScriptedServer collector = new ScriptedServer(false, Replies.http(404));
        LoopbackProxy proxy = new LoopbackProxy(collector.port())) {
      ProbeResult result = explained(true, settings(proxy, "", false));

      assertThat(result.hint()).contains("http/protobuf");
    }
  }

  private static ProbeResult explained(boolean grpc, SenderSettings settings) {
    return new CollectorProbe(settings, grpc, "/v1/traces").probe(TimeUnit.SECONDS.toNanos(20));
  }

  private static ScriptedServer collector(boolean grpc) throws Exception {
    return grpc
        ? new ScriptedServer(true, Replies.grpcOk(new byte[0]), Replies.grpcOk(new byte[0]))
        : new ScriptedServer(false, Replies.httpOk(new byte[0]), Replies.httpOk(new byte[0]));
  }

  private static OtlpSender sender(boolean grpc, SenderSettings settings) {
    return grpc ? new GrpcSender(settings) : new HttpSender(settings, OtlpSignal::httpPath);
  }

  private static SenderSettings settings(LoopbackProxy proxy, String credentials, boolean secure) {
    return new SenderSettings(
            CollectorEndpoint.of((secure ? "https://" : "http://") + HOST + ":4317", true),
            Map.of(),
            false,
            "1")
        .through(new ProxyTunnel(proxy.endpoint(), () -> credentials));
  }

  private static SenderSettings settings(String proxy) {
    return new SenderSettings(
            CollectorEndpoint.of("http://" + HOST + ":4317", true), Map.of(), false, "1")
        .through(new ProxyTunnel(CollectorEndpoint.of(proxy, true), () -> ""));
  }

  private static TlsFiles certificate() throws Exception {
    if (!files.resolve("proxied.crt").toFile().exists()) {
      Certificates.make(files, "proxied", "EC", "san=dns:" + HOST);
    }
    String name = files.resolve("proxied.crt").toString();
    return new TlsFiles(name, name, files.resolve("proxied.key").toString());
  }
}
