import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;

/**
 * Makes so many requests a second, each with its number in the query, until standard input ends;
 * then it says how many there were.
 */
public class Steady {

  private static volatile boolean ending;

  public static void main(String[] args) throws Exception {
    int perSecond = Integer.parseInt(args[0]);
    int first = Integer.parseInt(args[1]);
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(() -> serve(server));
    daemon(Steady::awaitEndOfInput);
    long start = System.nanoTime();
    int made = 0;
    while (!ending) {
      long due = perSecond * ((System.nanoTime() - start) / 1_000_000) / 1000;
      if (made < due) {
        request(server.getLocalPort(), first + made);
        made++;
      } else {
        Thread.sleep(1);
      }
    }
    System.out.println("made=" + made);
  }

  private static void request(int port, int number) throws Exception {
    URL url = new URL("http://127.0.0.1:" + port + "/work?number=" + number);
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    try (InputStream in = connection.getInputStream()) {
      in.read();
    }
  }

  private static void serve(ServerSocket server) {
    while (true) {
      try {
        Socket socket = server.accept();
        daemon(() -> answer(socket));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void answer(Socket socket) {
    try (Socket closing = socket) {
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
      OutputStream out = socket.getOutputStream();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isEmpty()) {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx".getBytes("US-ASCII"));
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitEndOfInput() {
    try {
      while (System.in.read() >= 0) {}
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      ending = true;
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }
}
