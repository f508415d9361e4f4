public class Halts {
  public static void main(String[] args) {
    System.out.println("before");
    Runtime.getRuntime().halt(7);
  }
}
