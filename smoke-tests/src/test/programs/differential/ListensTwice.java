import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;

/** Listens where it cannot, in each way there is, and shows what it gets to see. */
public class ListensTwice {

  private interface Way {
    void listen() throws IOException;
  }

  /** Has its own idea of listening. */
  private static final class Stubborn extends ServerSocket {
    Stubborn() throws IOException {}

    @Override
    public void bind(SocketAddress address, int backlog) throws IOException {
      try {
        super.bind(address, backlog);
      } finally {
        System.out.println("stubborn " + isBound());
      }
    }
  }

  /** An address that the JDK does not know. */
  private static final class Odd extends SocketAddress {
    private static final long serialVersionUID = 1L;

    @Override
    public int hashCode() {
      throw new IllegalStateException("not to be asked");
    }

    @Override
    public String toString() {
      return "odd";
    }
  }

  public static void main(String[] args) throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (ServerSocket first = new ServerSocket(0, 5, loopback);
        ServerSocket bound = new ServerSocket(0, 5, loopback);
        ServerSocketChannel channel = ServerSocketChannel.open()) {
      SocketAddress taken = new InetSocketAddress(loopback, first.getLocalPort());
      show("socket", () -> new ServerSocket().bind(taken));
      show("constructor", () -> new ServerSocket(first.getLocalPort(), 5, loopback));
      show("subclass", () -> new Stubborn().bind(taken));
      show("channel", () -> ServerSocketChannel.open().bind(taken));
      show("adaptor", () -> ServerSocketChannel.open().socket().bind(taken));
      show("bound", () -> bound.bind(taken));
      show("unresolved", () -> channel.bind(InetSocketAddress.createUnresolved("nowhere", 1)));
      show("odd socket", () -> new ServerSocket().bind(new Odd()));
      show("odd channel", () -> channel.bind(new Odd()));
      show("null", () -> channel.bind(null));
      System.out.println("any " + (channel.socket().getLocalPort() > 0));
      channel.close();
      show("closed", () -> channel.bind(taken));
    }
  }

  private static void show(String what, Way way) {
    try {
      way.listen();
      System.out.println(what + ": listens");
    } catch (IOException | RuntimeException e) {
      System.out.println(what);
      for (StackTraceElement frame : e.getStackTrace()) {
        System.out.println("  " + frame.getClassName() + "." + frame.getMethodName());
      }
      System.out.println("  " + e);
    }
  }
}
