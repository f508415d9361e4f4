import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Wants a port, once somebody has it: {@code channel} as the JDK's HTTP server listens, {@code
 * socket} as most others. Does not handle that it cannot.
 */
public class WantsPort {

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[1]);
    while (!taken(port)) {
      Thread.sleep(20);
    }
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
    if (args[0].equals("channel")) {
      HttpServer.create(address, 0);
    } else {
      new ServerSocket().bind(address);
    }
  }

  private static boolean taken(int port) {
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
