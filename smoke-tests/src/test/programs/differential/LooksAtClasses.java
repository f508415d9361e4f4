import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Members, interfaces and modifiers of classes that an agent likes to change. */
public class LooksAtClasses {
  public static void main(String[] args) throws Exception {
    Class.forName("org.h2.Driver");
    String[] names = {
      "java.net.HttpURLConnection",
      "sun.net.www.protocol.http.HttpURLConnection",
      "java.util.concurrent.ThreadPoolExecutor",
      "java.util.concurrent.ForkJoinPool",
      "java.lang.Thread",
      "org.h2.jdbc.JdbcConnection",
      "org.h2.jdbc.JdbcStatement",
      "org.h2.jdbc.JdbcPreparedStatement",
    };
    for (String name : names) {
      Class<?> type = Class.forName(name);
      List<String> lines = new ArrayList<>();
      for (Method method : type.getDeclaredMethods()) {
        lines.add(method.toString());
      }
      for (Field field : type.getDeclaredFields()) {
        lines.add(field.toString());
      }
      for (Class<?> implemented : type.getInterfaces()) {
        lines.add("implements " + implemented.getName());
      }
      Collections.sort(lines);
      System.out.println(type + " " + type.getModifiers());
      lines.forEach(line -> System.out.println("  " + line));
    }
  }
}
