package io.otlpagent.agent.config.export;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigValues;
import io.otlpagent.agent.config.value.EndpointUrl;
import io.otlpagent.agent.config.value.FileText;
import io.otlpagent.agent.config.value.ShownValue;
import io.otlpagent.agent.config.value.ValueParser;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that exports go through: the block {@code otlp.proxy}. What the application or the
 * environment says of proxies is not looked at. Immutable, but for the file with the credentials.
 */
public final class ProxyConfig {

  private static final ConfigKey<String> URL =
      ConfigKey.text(
          "otlp.proxy.url",
          "",
          "URL of an HTTP proxy to the collector, such as `http://proxy:3128`, which must allow"
              + " `CONNECT`; it may contain `user:password@`, percent-encoded; the JVM's proxy"
              + " settings are not used; unset: no proxy");
  private static final ConfigKey<String> CREDENTIALS_FILE =
      ConfigKey.text(
          "otlp.proxy.credentials_file",
          "",
          "Path of a file with `user:password` for the proxy, such as a mounted secret; it is"
              + " read for each connection; unset: the credentials in `otlp.proxy.url`");
  private static final ConfigKey<List<String>> NO_PROXY =
      ConfigKey.list(
          "otlp.proxy.no_proxy",
          "localhost,127.0.0.0/8,::1",
          "Collectors to connect to without the proxy: a host including its subdomains, an"
              + " address, a network such as `10.0.0.0/8`, `*` for all, or `none`");

  public static final List<ConfigKey<?>> KEYS = Arrays.asList(URL, CREDENTIALS_FILE, NO_PROXY);

  private final @Nullable URI url;
  private final String credentials;
  private final String credentialsFile;
  private final List<String> noProxy;

  ProxyConfig(ConfigValues values) {
    url = url(values);
    credentialsFile = values.get(CREDENTIALS_FILE);
    noProxy = values.get(NO_PROXY);
    String userInfo = url == null ? null : url.getRawUserInfo();
    String decoded = userInfo == null ? "" : ValueParser.percentDecoded(userInfo);
    credentials = decoded == null ? "" : decoded;
    if (!credentialsFile.isEmpty()) {
      try {
        FileText.read(new File(credentialsFile));
      } catch (IOException e) {
        values.warn(
            values.origin(CREDENTIALS_FILE)
                + ": "
                + ShownValue.shortened(credentialsFile)
                + " cannot be read: "
                + ShownValue.shortened(e.getMessage())
                + "; it is looked for again with each connection");
      }
    }
  }

  private static @Nullable URI url(ConfigValues values) {
    String text = values.get(URL);
    if (text.isEmpty()) {
      return null;
    }
    URI uri = EndpointUrl.uri(text.indexOf("://") < 0 ? "http://" + text : text);
    if (uri == null || !"http".equalsIgnoreCase(uri.getScheme())) {
      values.unusable(URL, text, "is not a URL such as http://proxy:3128");
      values.derived(URL, URL.defaultValue());
      return null;
    }
    return uri;
  }

  /** The proxy as {@code http://host:port}, without its user; null to connect directly. */
  @Nullable String urlFor(String host) {
    URI proxy = url;
    if (proxy == null || excepted(host)) {
      return null;
    }
    return "http://" + proxy.getHost() + ":" + (proxy.getPort() < 0 ? 80 : proxy.getPort());
  }

  /** {@code user:password} as it is now; empty for none. Secret. */
  public String credentials() {
    if (credentialsFile.isEmpty()) {
      return credentials;
    }
    try {
      return FileText.read(new File(credentialsFile)).trim();
    } catch (IOException e) {
      // It is being exchanged, or was warned of: the proxy says 407, which is explained.
      return credentials;
    }
  }

  private boolean excepted(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    for (String written : noProxy) {
      String pattern = written.toLowerCase(Locale.ROOT);
      String domain = pattern.startsWith("*.") ? pattern.substring(2) : pattern;
      domain = domain.startsWith(".") ? domain.substring(1) : domain;
      if (pattern.equals("*")
          || name.equals(domain)
          || name.endsWith("." + domain)
          || (pattern.indexOf('/') > 0 && inNetwork(name, pattern))) {
        return true;
      }
    }
    return false;
  }

  /** Of addresses only: no name is looked up for this. */
  private static boolean inNetwork(String host, String network) {
    int slash = network.indexOf('/');
    if (!isAddress(host) || !isAddress(network.substring(0, slash))) {
      return false;
    }
    try {
      byte[] address = InetAddress.getByName(host).getAddress();
      byte[] start = InetAddress.getByName(network.substring(0, slash)).getAddress();
      int bits = Integer.parseInt(network.substring(slash + 1));
      if (address.length != start.length || bits < 0 || bits > 8 * start.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> (i & 7);
        if ((address[i >> 3] & mask) != (start[i >> 3] & mask)) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException | NumberFormatException e) {
      return false;
    }
  }

  private static boolean isAddress(String text) {
    if (text.indexOf(':') >= 0) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
