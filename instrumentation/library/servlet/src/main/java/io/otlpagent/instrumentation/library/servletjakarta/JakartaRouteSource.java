package io.otlpagent.instrumentation.library.servletjakarta;

import io.otlpagent.instrumentation.servlet.ServletMappings;
import io.otlpagent.instrumentation.servlet.ServletRoutes;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What a container of {@code jakarta.servlet} knows about mappings. */
final class JakartaRouteSource implements ServletRoutes.Source<Servlet, HttpServletRequest> {

  @Override
  public ServletMappings mappings(Servlet servlet) {
    ServletConfig config = servlet.getServletConfig();
    if (config == null) {
      return ServletMappings.NONE;
    }
    try {
      ServletRegistration registration =
          config.getServletContext().getServletRegistration(config.getServletName());
      return registration == null
          ? ServletMappings.NONE
          : ServletMappings.of(registration.getMappings());
    } catch (UnsupportedOperationException | IllegalStateException e) {
      // Some contexts do not tell (Servlet 5.0, 4.4): no route.
      return ServletMappings.NONE;
    }
  }

  @Override
  public boolean mapped(HttpServletRequest request) {
    DispatcherType type = request.getDispatcherType();
    return type == DispatcherType.REQUEST || type == DispatcherType.ASYNC;
  }

  @Override
  public @Nullable String contextPath(HttpServletRequest request) {
    return request.getContextPath();
  }

  @Override
  public @Nullable String servletPath(HttpServletRequest request) {
    return request.getServletPath();
  }

  @Override
  public @Nullable String pathInfo(HttpServletRequest request) {
    return request.getPathInfo();
  }
}
