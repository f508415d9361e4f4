public class ExitsFromThread {
  public static void main(String[] args) throws Exception {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
    Thread thread = new Thread(() -> System.exit(3));
    thread.start();
    thread.join();
    System.out.println("not reached");
  }
}
