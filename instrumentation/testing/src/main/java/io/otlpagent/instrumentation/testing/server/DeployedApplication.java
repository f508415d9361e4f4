package io.otlpagent.instrumentation.testing.server;

import static io.otlpagent.instrumentation.testing.server.Reflective.call;
import static io.otlpagent.instrumentation.testing.server.Reflective.callStatic;
import static io.otlpagent.instrumentation.testing.server.Reflective.create;

import io.otlpagent.instrumentation.testing.WovenJvm;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One servlet in a class loader of its own, in a Tomcat that can undeploy it. */
public final class DeployedApplication implements AutoCloseable {

  // The level holds as long as somebody holds the logger.
  private static final Logger TOMCAT_LOGGER = Logger.getLogger("org.apache");

  private final Object tomcat;
  private final int port;
  private Object context;

  /**
   * @param loader Tomcat's
   * @param servlet a fixture, which gets all requests for {@code /app}
   */
  public DeployedApplication(LibraryClassLoader loader, String servlet) throws Exception {
    TOMCAT_LOGGER.setLevel(Level.OFF);
    WovenJvm.weave();
    Path folder = Files.createTempDirectory(Paths.get("target"), "tomcat").toAbsolutePath();
    callStatic(loader, "org.apache.catalina.webresources.TomcatURLStreamHandlerFactory", "disable");
    tomcat = create(loader, "org.apache.catalina.startup.Tomcat");
    call(tomcat, "setPort", 0);
    call(tomcat, "setBaseDir", folder.toString());
    context = call(tomcat, "addContext", "/app", application(folder, loader, servlet));
    call(context, "setParentClassLoader", loader);
    Object wrapper =
        callStatic(
            loader, "org.apache.catalina.startup.Tomcat", "addServlet", context, "it", servlet);
    call(wrapper, "setAsyncSupported", true);
    call(context, "addServletMappingDecoded", "/*", "it");
    Object connector = call(tomcat, "getConnector");
    call(tomcat, "start");
    port = (Integer) call(connector, "getLocalPort");
  }

  private static String application(Path folder, LibraryClassLoader loader, String servlet)
      throws IOException, ClassNotFoundException {
    Path application = Files.createDirectories(folder.resolve("application"));
    Path file =
        application.resolve("WEB-INF/classes").resolve(servlet.replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, loader.bytesOfFixture(servlet));
    return application.toString();
  }

  public int port() {
    return port;
  }

  /** The listeners of the asynchronous request that is an attribute of the servlet context. */
  public List<?> listeners(String name) throws ReflectiveOperationException {
    Object async = call(call(context, "getServletContext"), "getAttribute", name);
    Field listeners = async.getClass().getDeclaredField("listeners");
    listeners.setAccessible(true);
    return new ArrayList<>((List<?>) listeners.get(async));
  }

  /** Takes the application away and returns its class loader. */
  public WeakReference<Object> undeploy() {
    WeakReference<Object> loader =
        new WeakReference<>(call(call(context, "getLoader"), "getClassLoader"));
    // It waits so long for asynchronous requests, which do not end.
    call(context, "setUnloadDelay", 0L);
    call(call(context, "getParent"), "removeChild", context);
    context = "";
    return loader;
  }

  @Override
  public void close() {
    call(tomcat, "stop");
  }
}
