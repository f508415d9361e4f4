import java.util.Arrays;

public class PrintsArguments {
  public static void main(String[] args) {
    System.out.println(Arrays.toString(args));
    System.err.println("to standard error");
    System.out.println(Thread.currentThread().getName());
    System.out.println(Thread.currentThread().getContextClassLoader().getClass().getName());
  }
}
