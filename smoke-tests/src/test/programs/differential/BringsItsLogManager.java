import java.util.logging.LogManager;
import java.util.logging.Logger;

/** The application's own log manager: whoever logs before main gets the JDK's into its place. */
public class BringsItsLogManager {

  public static class Manager extends LogManager {}

  public static void main(String[] args) {
    System.out.println(LogManager.getLogManager().getClass().getName());
    Logger.getLogger("x").warning("logged");
  }
}
