package io.otlpagent.agent.export.transport;

import java.io.IOException;

/** A proxy that does not let us through; the message names it, and never a password. */
public final class ProxyException extends IOException {

  private static final long serialVersionUID = 1;

  /** What it answered, 0 if nothing that can be understood. */
  private final int status;

  ProxyException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Which setting to change. */
  public String hint(CollectorEndpoint target) {
    String address = target.host() + ":" + target.port();
    switch (status) {
      case 407:
        return getMessage()
            + ": set user and password in otlp.proxy.credentials_file, or in otlp.proxy.url";
      case 403:
      case 405:
        return getMessage()
            + ": allow CONNECT to "
            + address
            + " in the proxy, or add "
            + target.host()
            + " to otlp.proxy.no_proxy";
      case 502:
      case 503:
      case 504:
        return getMessage()
            + ": is the collector reachable from the proxy, and otlp.endpoint right? Add "
            + target.host()
            + " to otlp.proxy.no_proxy if it is reached without a proxy";
      default:
        return getMessage() + ": is otlp.proxy.url the address of an HTTP proxy?";
    }
  }
}
