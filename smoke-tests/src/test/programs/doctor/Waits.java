/** Loads the classes that its arguments name, then does nothing until its standard input ends. */
public class Waits {

  public static void main(String[] args) throws Exception {
    for (String name : args) {
      if (name.startsWith("load:")) {
        Class.forName(name.substring("load:".length()), false, Waits.class.getClassLoader());
      }
    }
    System.out.println("port=1");
    while (System.in.read() >= 0) {
      continue;
    }
  }
}
