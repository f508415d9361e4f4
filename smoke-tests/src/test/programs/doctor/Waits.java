/** Does nothing until its standard input ends. */
public class Waits {

  public static void main(String[] args) throws Exception {
    System.out.println("port=1");
    while (System.in.read() >= 0) {
      continue;
    }
  }
}
