import org.springframework.web.servlet.handler.AbstractHandlerMapping;

/** Calls a Spring MVC that never was, then waits until its standard input ends. */
public class UsesUnknownSpring {

  public static void main(String[] args) throws Exception {
    new AbstractHandlerMapping().getHandler(null);
    System.out.println("port=1");
    while (System.in.read() >= 0) {
      continue;
    }
  }
}
