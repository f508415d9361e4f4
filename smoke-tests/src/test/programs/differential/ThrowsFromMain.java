public class ThrowsFromMain {
  public static void main(String[] args) {
    try {
      Integer.parseInt("x");
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("on purpose", e);
    }
  }
}
