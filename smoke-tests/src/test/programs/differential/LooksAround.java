import java.util.TreeSet;

/** Properties, packages of the boot loader and what is visible to the application. */
public class LooksAround {
  public static void main(String[] args) {
    TreeSet<Object> keys = new TreeSet<>(System.getProperties().keySet());
    System.out.println(keys);
    if (!System.getProperty("java.specification.version").startsWith("1.")) {
      // The JVM of Java 8 appends the jars of agents.
      System.out.println(System.getProperty("java.class.path"));
    }
    visible("io.otlpagent.agent.AgentMain");
    visible("io.otlpagent.instrumentation.trace.Tracer");
    visible("io.grpc.ManagedChannel");
    visible("net.bytebuddy.ByteBuddy");
    System.out.println(System.getSecurityManager());
    System.out.println(Thread.getDefaultUncaughtExceptionHandler());
  }

  /** Nothing of an agent but its entry point may be. */
  private static void visible(String name) {
    try {
      System.out.println(Class.forName(name, false, LooksAround.class.getClassLoader()));
    } catch (ClassNotFoundException e) {
      System.out.println("no " + name);
    }
  }
}
