package io.otlpagent.instrumentation.semconv.http;

/** Who found the route of a request, from the least precise to the most precise. */
public enum RouteSource {
  /** The mapping of a servlet: the container knows no more. */
  SERVLET,

  /** The method that handles the request, as a framework's router found it. */
  CONTROLLER;

  /**
   * Whether the pattern matches whatever arrives and so says nothing. A controller that is mapped
   * to the root serves just that; a servlet that is mapped there serves what no other does.
   */
  boolean matchesAll(String pattern) {
    switch (pattern) {
      case "":
      case "/*":
      case "/**":
      case "*":
      case "**":
        return true;
      case "/":
        return this == SERVLET;
      default:
        return false;
    }
  }
}
