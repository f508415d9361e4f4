package io.otlpagent.instrumentation.util;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import org.jspecify.annotations.Nullable;

/**
 * Acts for the agent itself on a thread whose other code may do less than the agent, whose classes
 * have all permissions: under a {@code SecurityManager} (Java 8 to 23) what may be done is what
 * every caller may. On a Java without security managers it is a plain call. Thread-safe.
 */
public final class Privileged {

  private static final boolean POSSIBLE = possible();

  private Privileged() {}

  /** Whether callers on this thread may lack permissions now. */
  public static boolean needed() {
    return POSSIBLE && System.getSecurityManager() != null;
  }

  /**
   * Runs the action with the permissions of the agent alone. Threads that it makes inherit these.
   *
   * @throws Exception what the action throws
   */
  public static <T extends @Nullable Object> T call(PrivilegedExceptionAction<T> action)
      throws Exception {
    if (!POSSIBLE) {
      return action.run();
    }
    try {
      return AccessController.doPrivileged(action);
    } catch (PrivilegedActionException e) {
      throw e.getException();
    }
  }

  /** The same for what throws nothing that is checked. */
  public static <T extends @Nullable Object> T get(PrivilegedAction<T> action) {
    return POSSIBLE ? AccessController.doPrivileged(action) : action.run();
  }

  private static boolean possible() {
    try {
      System.getSecurityManager();
      return AccessController.class != null;
    } catch (LinkageError e) {
      // Both are deprecated for removal since Java 17.
      return false;
    }
  }
}
