import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;

/** Makes one request and is gone a tenth of a second after its start. */
public class ShortLived {

  public static void main(String[] args) throws Exception {
    long start = System.nanoTime();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answer = new Thread(() -> answer(server));
      answer.start();
      URL url = new URL("http://127.0.0.1:" + server.getLocalPort() + "/short");
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      try (InputStream in = connection.getInputStream()) {
        System.out.println("got " + in.read());
      }
      answer.join();
    }
    Thread.sleep(Math.max(0, 100 - (System.nanoTime() - start) / 1_000_000));
    if (args.length > 0) {
      System.exit(Integer.parseInt(args[0]));
    }
  }

  private static void answer(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().read(new byte[1024]);
      String text = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx";
      socket.getOutputStream().write(text.getBytes("US-ASCII"));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
