package shop;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.TreeSet;

/** What a main class in a named module sees of modules. */
public class InModule {
  public static void main(String[] args) throws Exception {
    Module own = InModule.class.getModule();
    System.out.println(own + " " + new TreeSet<>(own.getDescriptor().requires()));
    System.out.println(own.canRead(ClassLoader.getSystemClassLoader().getUnnamedModule()));
    System.out.println(Object.class.getModule().isOpen("java.lang", own));
    System.out.println(HttpClient.class.getModule().isOpen("jdk.internal.net.http", own));
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:1/")).build();
      HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    } catch (java.io.IOException e) {
      print(e);
    }
  }

  /** The frames of the caller's thread; those of the client's threads depend on who was faster. */
  private static void print(Exception e) {
    System.out.println(e);
    for (StackTraceElement element : e.getStackTrace()) {
      System.out.println("  " + element);
    }
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      System.out.println("caused by " + cause);
    }
  }
}
