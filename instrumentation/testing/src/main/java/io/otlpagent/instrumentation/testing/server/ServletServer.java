package io.otlpagent.instrumentation.testing.server;

import static io.otlpagent.instrumentation.testing.server.Reflective.call;
import static io.otlpagent.instrumentation.testing.server.Reflective.callStatic;
import static io.otlpagent.instrumentation.testing.server.Reflective.create;

import io.otlpagent.instrumentation.testing.WovenJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A servlet container on an ephemeral port, with one application at {@code /app}. */
public final class ServletServer implements AutoCloseable {

  /** Where the application is mounted. */
  public static final String CONTEXT_PATH = "/app";

  private static final int[] CODES_WITH_PAGE = {404, 500};
  private static final String ERROR_PAGE = "/error-page";

  // The levels hold as long as somebody holds the loggers.
  private static final Logger TOMCAT_LOGGER = Logger.getLogger("org.apache");
  private static final Logger SPRING_LOGGER = Logger.getLogger("org.springframework");

  private final Object server;
  private final int port;

  private ServletServer(Object server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts Tomcat.
   *
   * @param application a fixture that is a ServletContainerInitializer
   */
  public static ServletServer tomcat(LibraryClassLoader loader, String application) {
    TOMCAT_LOGGER.setLevel(Level.OFF);
    SPRING_LOGGER.setLevel(Level.OFF);
    return inLoader(loader, () -> startTomcat(loader, application));
  }

  private static ServletServer startTomcat(LibraryClassLoader loader, String application) {
    // One JVM takes one handler factory, and has more than one Tomcat here.
    callStatic(loader, "org.apache.catalina.webresources.TomcatURLStreamHandlerFactory", "disable");
    Object tomcat = create(loader, "org.apache.catalina.startup.Tomcat");
    call(tomcat, "setPort", 0);
    call(tomcat, "setBaseDir", temporaryFolder());
    Object context = call(tomcat, "addContext", CONTEXT_PATH, null);
    call(
        context,
        "addServletContainerInitializer",
        create(loader, application),
        Collections.emptySet());
    for (int code : CODES_WITH_PAGE) {
      Object page = create(loader, "org.apache.tomcat.util.descriptor.web.ErrorPage");
      call(page, "setErrorCode", code);
      call(page, "setLocation", ERROR_PAGE);
      call(context, "addErrorPage", page);
    }
    Object connector = call(tomcat, "getConnector");
    call(tomcat, "start");
    return new ServletServer(tomcat, (Integer) call(connector, "getLocalPort"));
  }

  /**
   * Starts Jetty.
   *
   * @param servletPackage where that version has its ServletContextHandler
   * @param application a fixture that is a ServletContextListener
   */
  public static ServletServer jetty(
      LibraryClassLoader loader, String servletPackage, String application) {
    System.setProperty("org.eclipse.jetty.util.log.announce", "false");
    System.setProperty("org.eclipse.jetty.LEVEL", "OFF");
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    return inLoader(loader, () -> startJetty(loader, servletPackage, application));
  }

  private static ServletServer startJetty(
      LibraryClassLoader loader, String servletPackage, String application) {
    Object jetty = create(loader, "org.eclipse.jetty.server.Server", 0);
    Object context = create(loader, servletPackage + ".ServletContextHandler");
    call(context, "setContextPath", CONTEXT_PATH);
    call(context, "addEventListener", create(loader, application));
    Object pages = create(loader, servletPackage + ".ErrorPageErrorHandler");
    for (int code : CODES_WITH_PAGE) {
      call(pages, "addErrorPage", code, ERROR_PAGE);
    }
    call(context, "setErrorHandler", pages);
    call(jetty, "setHandler", context);
    call(jetty, "start");
    return new ServletServer(jetty, ((URI) call(jetty, "getURI")).getPort());
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    call(server, "stop");
  }

  private static String temporaryFolder() {
    try {
      return Files.createTempDirectory(Paths.get("target"), "tomcat").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServletServer inLoader(ClassLoader loader, Supplier<ServletServer> start) {
    WovenJvm.weave();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return start.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
