package io.otlpagent.agent.export;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How to reach the collector. Immutable; the headers are secret and in no log. */
public final class SenderSettings {

  private final CollectorEndpoint endpoint;
  private final Map<String, String> headers;
  private final boolean gzip;
  private final String agentVersion;

  public SenderSettings(
      CollectorEndpoint endpoint, Map<String, String> headers, boolean gzip, String agentVersion) {
    this.endpoint = endpoint;
    this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    this.gzip = gzip;
    this.agentVersion = agentVersion;
  }

  CollectorEndpoint endpoint() {
    return endpoint;
  }

  Map<String, String> headers() {
    return headers;
  }

  boolean gzip() {
    return gzip;
  }

  String userAgent() {
    return "otlp-agent/" + agentVersion + " OTel-OTLP-Exporter-Java/" + agentVersion;
  }
}
