/** An agent that does nothing, under whatever name its jar has. */
public class NoopAgent {

  public static void premain(String arguments) {}
}
