package io.otlpagent.agent.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.agent.export.grpc.GrpcSender;
import io.otlpagent.agent.export.tls.TlsFiles;
import io.otlpagent.agent.export.transport.CollectorEndpoint;
import io.otlpagent.agent.export.transport.SenderSettings;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Collectors that take the connection and do not get as far as HTTP/2. */
@Timeout(300)
class HangingCollectorTest {

  @TempDir private static Path files;

  @BeforeAll
  static void makeCertificate() throws Exception {
    Certificates.make(files, "server", "EC", Certificates.LOOPBACK);
  }

  @Test
  void handshakesThatHangAreEndedAndExportsSucceedAfterwards() throws Exception {
    AtomicBoolean hanging = new AtomicBoolean(true);
    Set<Socket> ended = ConcurrentHashMap.newKeySet();
    try (ScriptedServer server = new ScriptedServer(true, Replies.grpcOk(new byte[0]))) {
      TlsFiles tls = new TlsFiles(pem("server.crt"), pem("server.crt"), pem("server.key"));
      server
          .secure(tls.context(), false)
          .beforeHandshake(
              socket -> {
                if (!hanging.get()) {
                  return true;
                }
                // To the end of what the client says, which it reaches only by closing.
                while (socket.getInputStream().read() >= 0) {}
                ended.add(socket);
                return false;
              });
      GrpcSender sender =
          new GrpcSender(
              new SenderSettings(
                      CollectorEndpoint.of("https://127.0.0.1:" + server.port(), false),
                      Map.of(),
                      false,
                      "1.2.3")
                  .with(new TlsFiles(pem("server.crt"), "", "")));

      for (int i = 0; i < 12; i++) {
        assertThat(Requests.send(sender, 1, 100).isUnreached()).isTrue();
      }

      await().untilAsserted(() -> assertThat(ended).hasSizeGreaterThanOrEqualTo(10));
      await().untilAsserted(() -> assertThat(grpcThreads()).isLessThanOrEqualTo(6));
      hanging.set(false);
      assertThat(Requests.send(sender, 1).isSuccess()).isTrue();
      sender.close();
    }
  }

  private static long grpcThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("otlp-agent-grpc"))
        .filter(thread -> thread.getState() == Thread.State.RUNNABLE)
        .count();
  }

  private static String pem(String name) {
    return files.resolve(name).toString();
  }
}
