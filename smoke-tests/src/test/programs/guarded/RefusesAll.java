import java.security.Permission;

/** A security manager that forbids everything to everybody but the JDK's own start. */
public class RefusesAll extends SecurityManager {

  public static void main(String[] args) {
    System.out.println("guarded " + (System.getSecurityManager() != null));
  }

  @Override
  public void checkPermission(Permission permission) {
    for (Class<?> caller : getClassContext()) {
      if (caller.getName().startsWith("io.otlpagent.")) {
        throw new SecurityException("not for you: " + permission.getName());
      }
    }
  }
}
