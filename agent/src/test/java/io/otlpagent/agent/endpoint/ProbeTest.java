package io.otlpagent.agent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, since it sets what all sockets of the JVM see. */
@Isolated
class ProbeTest {

  private static final String HOST = "socksProxyHost";
  private static final String PORT = "socksProxyPort";

  @Test
  void theProxyOfTheApplicationIsNotUsed() throws IOException {
    try (ServerSocket target = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        ServerSocket closed = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      int nobody = closed.getLocalPort();
      closed.close();
      System.setProperty(HOST, "127.0.0.1");
      System.setProperty(PORT, Integer.toString(nobody));
      try {
        assertThat(Probe.tcp("127.0.0.1", target.getLocalPort()).ask()).isTrue();
      } finally {
        System.clearProperty(HOST);
        System.clearProperty(PORT);
      }
    }
  }
}
