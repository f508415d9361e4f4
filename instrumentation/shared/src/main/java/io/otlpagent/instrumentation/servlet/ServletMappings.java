package io.otlpagent.instrumentation.servlet;

import io.otlpagent.instrumentation.semconv.http.PageRoutes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The patterns by which a container finds one servlet. Immutable but for the pages that it shows.
 *
 * @see <a href="https://jakarta.ee/specifications/servlet/6.0/">Servlet specification, chapter
 *     12</a>
 */
public final class ServletMappings {

  /** Of a servlet that is called for anything, or that is not known by its name. */
  public static final ServletMappings NONE = new ServletMappings(new String[0], false);

  /** A pattern that matches all, below the path of an application. */
  static final String ALL = "/*";

  /** Of one servlet; what the container hands out may be the application's. */
  private static final int MAX_PATTERNS = 1024;

  private final String[] patterns;
  private final boolean matchesAll;
  private final PageRoutes pages = new PageRoutes();

  private ServletMappings(String[] patterns, boolean matchesAll) {
    this.patterns = patterns;
    this.matchesAll = matchesAll;
  }

  public static ServletMappings of(@Nullable Collection<String> patterns) {
    List<String> telling = new ArrayList<>();
    boolean matchesAll = false;
    Iterator<String> each = patterns == null ? Collections.emptyIterator() : patterns.iterator();
    for (int i = 0; i < MAX_PATTERNS && each.hasNext(); i++) {
      String pattern = each.next();
      if (pattern.equals("/") || pattern.equals(ALL)) {
        matchesAll = true;
      } else if (!pattern.isEmpty()) {
        telling.add(pattern);
      }
    }
    return new ServletMappings(telling.toArray(new String[0]), matchesAll);
  }

  /** Whether the servlet is called for what no other pattern matches. */
  boolean matchesAll() {
    return matchesAll;
  }

  /** Whether a pattern is that by which containers find pages. */
  static boolean isOfPages(String pattern) {
    return pattern.equals("/*.jsp") || pattern.equals("/*.jspx");
  }

  /** The pages that this servlet has been asked for. */
  PageRoutes pages() {
    return pages;
  }

  /**
   * The pattern that led to the servlet, as a path.
   *
   * @param servletPath the part of the path that the pattern matched
   * @param pathInfo the part below it; null if none
   * @return null if no pattern tells more than that there was a request
   */
  @Nullable String match(@Nullable String servletPath, @Nullable String pathInfo) {
    if (patterns.length == 0 || servletPath == null) {
      return null;
    }
    String found = null;
    for (String pattern : patterns) {
      if (pathInfo == null && pattern.equals(servletPath)) {
        return pattern;
      }
      if (isBelow(pattern, servletPath) || (found == null && hasExtension(pattern, servletPath))) {
        found = pattern;
      }
    }
    return found == null || found.startsWith("/") ? found : '/' + found;
  }

  private static boolean isBelow(String pattern, String servletPath) {
    return pattern.length() == servletPath.length() + 2
        && pattern.endsWith("/*")
        && pattern.startsWith(servletPath);
  }

  private static boolean hasExtension(String pattern, String servletPath) {
    return pattern.startsWith("*.")
        && servletPath.length() >= pattern.length()
        && servletPath.endsWith(pattern.substring(1));
  }
}
