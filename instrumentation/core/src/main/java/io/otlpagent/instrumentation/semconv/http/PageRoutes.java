package io.otlpagent.instrumentation.semconv.http;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The pages of an application that are routes of their own. A container that finds pages by an
 * extension says only as it answers whether there is one, and clients may ask for any name: so a
 * page is a route once a request for it was answered other than by 404, and as long as there are
 * few. Any thread.
 */
public final class PageRoutes {

  static final int MAX_PAGES = 500;
  private static final int MAX_LENGTH = 256;
  private static final int NOT_FOUND = 404;

  private final ConcurrentHashMap<String, String> known = new ConcurrentHashMap<>();
  private volatile boolean full;

  /** The page that a request asks for, until its status is known. */
  static final class Page {

    private final PageRoutes among;
    private final String route;

    Page(PageRoutes among, String route) {
      this.among = among;
      this.route = route;
    }

    /**
     * Its route; null if it has none of its own.
     *
     * @param status 0 if unknown
     */
    @Nullable String route(int status) {
      return status <= 0 || status == NOT_FOUND ? null : among.admit(route);
    }
  }

  private @Nullable String admit(String route) {
    String found = known.get(route);
    if (found != null || full || route.length() > MAX_LENGTH) {
      return found;
    }
    // Once for each page.
    synchronized (known) {
      if (known.size() >= MAX_PAGES) {
        full = true;
        return known.get(route);
      }
      known.putIfAbsent(route, route);
      return route;
    }
  }
}
