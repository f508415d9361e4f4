import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;

/**
 * Makes requests, and when a line comes on standard input overwrites a file in place with another
 * one, makes a last request and says so. Exits with 7 at the second line.
 */
public class Overwritten {

  public static void main(String[] args) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread answer = new Thread(() -> answer(server));
      answer.setDaemon(true);
      answer.start();
      request(server.getLocalPort());
      System.out.println("requested");
      awaitLine();
      byte[] other = Files.readAllBytes(Paths.get(args[1]));
      try (OutputStream out = new FileOutputStream(args[0])) {
        out.write(other);
      }
      request(server.getLocalPort());
      System.out.println("overwritten");
      awaitLine();
      System.exit(7);
    }
  }

  private static void awaitLine() throws IOException {
    int c = System.in.read();
    while (c >= 0 && c != '\n') {
      c = System.in.read();
    }
  }

  private static void request(int port) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) new URL("http://127.0.0.1:" + port + "/").openConnection();
    try (InputStream in = connection.getInputStream()) {
      in.read();
    }
  }

  private static void answer(ServerSocket server) {
    byte[] response =
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx"
            .getBytes(StandardCharsets.US_ASCII);
    while (true) {
      try (Socket socket = server.accept()) {
        socket.getInputStream().read(new byte[1024]);
        socket.getOutputStream().write(response);
      } catch (IOException e) {
        return;
      }
    }
  }
}
