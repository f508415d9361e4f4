package io.otlpagent.instrumentation.semconv;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the operator calls the services that this process calls, by where they are: the value of
 * {@code peer.service}. Immutable; asked by the exporter thread.
 */
public final class PeerServices {

  private final Map<String, List<PeerService>> byHost = new HashMap<>();
  private final List<PeerService> patterns = new ArrayList<>();

  public PeerServices(Collection<PeerService> services) {
    List<PeerService> ordered = new ArrayList<>(services);
    ordered.sort(PeerService::order);
    for (PeerService service : ordered) {
      if (service.pattern()) {
        patterns.add(service);
      } else {
        byHost.computeIfAbsent(service.host(), host -> new ArrayList<>(1)).add(service);
      }
    }
  }

  /**
   * The name of the service at a place. Of two that fit, a host goes before a pattern, then a port
   * before none, then the longer path.
   *
   * @param url that is called; null if it is no URL that is
   * @return null if it has none
   */
  public @Nullable String name(@Nullable String host, int port, @Nullable String url) {
    if (host == null) {
      return null;
    }
    String lower = host.toLowerCase(Locale.ROOT);
    List<PeerService> exact = byHost.get(lower);
    PeerService found = exact == null ? null : first(exact, null, port, url);
    if (found == null && !patterns.isEmpty()) {
      found = first(patterns, lower, port, url);
    }
    return found == null ? null : found.name();
  }

  private static @Nullable PeerService first(
      List<PeerService> services, @Nullable String host, int port, @Nullable String url) {
    String path = null;
    for (int i = 0; i < services.size(); i++) {
      PeerService service = services.get(i);
      if (host != null && !service.fitsHost(host)) {
        continue;
      }
      if (path == null && url != null && service.asksForPath()) {
        path = path(url);
      }
      if (service.fits(port, path)) {
        return service;
      }
    }
    return null;
  }

  /** From the path of a URL on; a slash if it has none. */
  private static String path(String url) {
    int scheme = url.indexOf("://");
    for (int i = scheme < 0 ? 0 : scheme + 3; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == '/') {
        return url.substring(i);
      }
      if (c == '?' || c == '#') {
        break;
      }
    }
    return "/";
  }
}
