package io.otlpagent.agent.endpoint;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which names a client may call us by. A web page can make its own domain resolve to 127.0.0.1 and
 * then read what we serve (DNS rebinding); so names that anybody can register are refused unless
 * the operator lists them. Immutable.
 */
final class AllowedHosts {

  /** Top-level names that no registry hands out, and what Kubernetes puts under a service. */
  private static final String[] PRIVATE_SUFFIXES = {".localhost", ".local", ".internal", ".svc"};

  private final Set<String> names = new HashSet<>();

  /**
   * @param bindHost what the endpoint listens on
   * @param listed by the operator
   */
  AllowedHosts(String bindHost, Collection<String> listed) {
    names.add(bindHost.toLowerCase(Locale.ROOT));
    names.add(hostName().toLowerCase(Locale.ROOT));
    for (String name : listed) {
      names.add(name.toLowerCase(Locale.ROOT));
    }
    names.remove("");
  }

  /** From the kernel: {@code InetAddress.getLocalHost} would ask DNS. */
  private static String hostName() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new FileInputStream("/proc/sys/kernel/hostname"), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      return line == null ? "" : line.trim();
    } catch (IOException e) {
      // Not Linux: a name without dots, which is what most machines have, is allowed anyway.
      return "";
    }
  }

  /**
   * @param authority such as {@code localhost:9464} or {@code [::1]:9464}
   */
  boolean allows(String authority) {
    String host = host(authority.toLowerCase(Locale.ROOT));
    if (host.isEmpty()) {
      return false;
    }
    if (names.contains(host) || isAddress(host)) {
      return true;
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (!isName(name)) {
      return false;
    }
    // Nobody can register a name without a dot: localhost, a container, a Kubernetes service.
    boolean allowed = name.indexOf('.') < 0 || names.contains(name);
    for (String suffix : PRIVATE_SUFFIXES) {
      allowed |= name.endsWith(suffix);
    }
    return allowed;
  }

  /** The authority without its port; empty if it is malformed. */
  private static String host(String authority) {
    int colon = authority.lastIndexOf(':');
    String host = authority;
    if (colon >= 0 && !authority.endsWith("]")) {
      for (int i = colon + 1; i < authority.length(); i++) {
        if (authority.charAt(i) < '0' || authority.charAt(i) > '9') {
          return "";
        }
      }
      host = authority.substring(0, colon);
    }
    return host;
  }

  private static boolean isAddress(String host) {
    boolean v6 = host.startsWith("[") && host.endsWith("]") && host.indexOf(':') > 0;
    String allowed = v6 ? "[]0123456789abcdef:.%" : "0123456789.";
    int dots = 0;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (allowed.indexOf(c) < 0) {
        return false;
      }
      dots += c == '.' ? 1 : 0;
    }
    return v6 || dots == 3;
  }

  private static boolean isName(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-' && c != '_' && c != '.') {
        return false;
      }
    }
    return !host.isEmpty();
  }
}
