package io.otlpagent.agent.config.tracing;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigValues;
import io.otlpagent.instrumentation.semconv.ExceptionMessages;
import io.otlpagent.instrumentation.semconv.HeaderCapture;
import io.otlpagent.instrumentation.semconv.HttpOptions;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What spans have of requests and statements, and what is taken out of that. */
public final class SemconvConfig {

  static final ConfigKey<List<String>> QUERY_KEYS =
      ConfigKey.list(
              "redaction.query_keys",
              "",
              "Query parameters whose values are replaced by `REDACTED`, in addition to the"
                  + " built-in ones; begin the list with `none` to replace the built-in ones;"
                  + " unset: the built-in ones")
          .live();
  static final ConfigKey<List<String>> SIGNATURE_KEYS =
      ConfigKey.list(
              "otel.instrumentation.sanitization.url.experimental.sensitive-query-parameters",
              "",
              "Query parameters of signed URLs whose values are replaced by `REDACTED`, instead of"
                  + " the built-in ones, compared case-sensitively; unset: the built-in ones")
          .live();

  /** Here and not with those of metrics, which are read when the application runs already. */
  public static final ConfigKey<String> HISTOGRAM_AGGREGATION =
      ConfigKey.choice(
          "metrics.histogram_aggregation",
          "explicit_bucket_histogram",
          "explicit_bucket_histogram|base2_exponential_bucket_histogram",
          "Aggregation of histograms exported over OTLP: the explicit buckets of the semantic"
              + " conventions, or up to 160 exponential buckets; `/metrics` always has the"
              + " explicit buckets",
          "otel.exporter.otlp.metrics.default.histogram.aggregation");

  static final ConfigKey<Boolean> SQL_LITERALS =
      ConfigKey.bool(
              "redaction.sql_literals",
              true,
              "Replace literals in the text of prepared statements by `?`; literals in all other"
                  + " SQL are always replaced",
              "otel.instrumentation.jdbc.query-sanitization.enabled",
              "otel.instrumentation.common.db.query-sanitization.enabled",
              "otel.instrumentation.common.db-statement-sanitizer.enabled")
          .live();
  static final ConfigKey<List<String>> SECRET_HEADERS =
      ConfigKey.list(
              "redaction.headers",
              "",
              "Captured headers whose values are replaced by `REDACTED`, in addition to the"
                  + " built-in ones for credentials and cookies; unset: the built-in ones")
          .live();

  static final ConfigKey<String> EXCEPTION_MESSAGES =
      ConfigKey.choice(
              "redaction.exception_messages",
              "redacted",
              "redacted|omitted|full",
              "Messages of exceptions on spans: `redacted` removes values that a database or a"
                  + " redacted part of the request has put into the text, `omitted` removes the"
                  + " message, `full` keeps it unchanged")
          .live();

  private static final ConfigKey<List<String>> SERVER_REQUEST_HEADERS =
      ConfigKey.list(
              "http.server.request_headers",
              "",
              "Request headers to capture as attributes `http.request.header.<name>` of HTTP server"
                  + " spans; unset: none",
              "otel.instrumentation.http.server.capture-request-headers")
          .live();
  private static final ConfigKey<List<String>> SERVER_RESPONSE_HEADERS =
      ConfigKey.list(
              "http.server.response_headers",
              "",
              "Response headers to capture as attributes `http.response.header.<name>` of HTTP"
                  + " server spans; unset: none",
              "otel.instrumentation.http.server.capture-response-headers")
          .live();
  private static final ConfigKey<List<String>> CLIENT_REQUEST_HEADERS =
      ConfigKey.list(
              "http.client.request_headers",
              "",
              "Request headers to capture as attributes `http.request.header.<name>` of HTTP client"
                  + " spans; headers that the client library adds last, such as `Host`, may be"
                  + " missing; unset: none",
              "otel.instrumentation.http.client.capture-request-headers")
          .live();
  private static final ConfigKey<List<String>> CLIENT_RESPONSE_HEADERS =
      ConfigKey.list(
              "http.client.response_headers",
              "",
              "Response headers to capture as attributes `http.response.header.<name>` of HTTP"
                  + " client spans; unset: none",
              "otel.instrumentation.http.client.capture-response-headers")
          .live();
  private static final ConfigKey<Boolean> SERVER_EXPERIMENTAL =
      ConfigKey.bool(
              "http.server.experimental",
              false,
              "Emit experimental HTTP server telemetry: body sizes as in `Content-Length`, as the"
                  + " attributes `http.request.body.size` and `http.response.body.size` and as"
                  + " metrics, and `http.server.active_requests`; a server may set"
                  + " `Content-Length` of a small response too late to be recorded",
              "otel.instrumentation.http.server.emit-experimental-telemetry")
          .live();
  private static final ConfigKey<Boolean> CLIENT_EXPERIMENTAL =
      ConfigKey.bool(
              "http.client.experimental",
              false,
              "Emit experimental HTTP client telemetry: body sizes of requests and responses, as"
                  + " attributes and as metrics",
              "otel.instrumentation.http.client.emit-experimental-telemetry")
          .live();
  private static final ConfigKey<List<String>> KNOWN_METHODS =
      ConfigKey.list(
              "http.known_methods",
              "CONNECT,DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT,TRACE,QUERY",
              "HTTP methods that are reported by name; all others are reported as `_OTHER`",
              "otel.instrumentation.http.known-methods")
          .live();
  private static final ConfigKey<Boolean> TRUST_FORWARDED_HEADERS =
      ConfigKey.bool(
              "http.server.trust_forwarded_headers",
              true,
              "Use `Forwarded` and `X-Forwarded-*` headers to determine the client and the scheme"
                  + " of a request")
          .live();

  public static final List<ConfigKey<?>> KEYS =
      Arrays.asList(
          SERVER_REQUEST_HEADERS,
          SERVER_RESPONSE_HEADERS,
          CLIENT_REQUEST_HEADERS,
          CLIENT_RESPONSE_HEADERS,
          SERVER_EXPERIMENTAL,
          CLIENT_EXPERIMENTAL,
          KNOWN_METHODS,
          TRUST_FORWARDED_HEADERS);

  private final Set<String> knownMethods;
  private final boolean trustForwardedHeaders;
  private final @Nullable HttpOptions server;
  private final @Nullable HttpOptions client;

  /**
   * @param secretHeaders whose values are replaced, beside the built-in ones
   */
  private SemconvConfig(ConfigValues values, List<String> secretHeaders) {
    knownMethods = new HashSet<>(values.get(KNOWN_METHODS));
    trustForwardedHeaders = values.get(TRUST_FORWARDED_HEADERS);
    server =
        options(
            values.get(SERVER_REQUEST_HEADERS),
            values.get(SERVER_RESPONSE_HEADERS),
            secretHeaders,
            values.get(SERVER_EXPERIMENTAL));
    client =
        options(
            values.get(CLIENT_REQUEST_HEADERS),
            values.get(CLIENT_RESPONSE_HEADERS),
            secretHeaders,
            values.get(CLIENT_EXPERIMENTAL));
  }

  /** What the values say, but for the names of peers. */
  static SemconvSettings settings(ConfigValues values) {
    SemconvConfig http = new SemconvConfig(values, values.get(SECRET_HEADERS));
    Set<String> signatureKeys = new HashSet<>(values.get(SIGNATURE_KEYS));
    if (signatureKeys.isEmpty()) {
      signatureKeys = SemconvSettings.DEFAULT_SIGNATURE_KEYS;
    }
    List<String> queryKeys = values.get(QUERY_KEYS);
    Set<String> secretKeys = new HashSet<>();
    if (!queryKeys.contains("none")) {
      secretKeys.addAll(SemconvSettings.DEFAULT_SECRET_KEYS);
    }
    for (String key : queryKeys) {
      if (!key.equals("none")) {
        secretKeys.add(key.toLowerCase(Locale.ROOT));
      }
    }
    SemconvSettings settings =
        new SemconvSettings(
                http.knownMethods,
                signatureKeys,
                secretKeys,
                http.trustForwardedHeaders,
                values.get(SQL_LITERALS))
            .withExceptionMessages(
                ExceptionMessages.valueOf(values.get(EXCEPTION_MESSAGES).toUpperCase(Locale.ROOT)));
    return http.addTo(settings);
  }

  /** The settings with what is wanted beside what is always told. */
  private SemconvSettings addTo(SemconvSettings settings) {
    return server == null && client == null ? settings : settings.withHttp(server, client);
  }

  /** Null if nothing is wanted: then its class is not loaded. */
  private static @Nullable HttpOptions options(
      List<String> requests,
      List<String> responses,
      List<String> secretHeaders,
      boolean experimental) {
    return requests.isEmpty() && responses.isEmpty() && !experimental
        ? null
        : new HttpOptions(
            capture("request", requests, secretHeaders),
            capture("response", responses, secretHeaders),
            experimental);
  }

  private static @Nullable HeaderCapture capture(
      String side, List<String> headers, List<String> secretHeaders) {
    if (headers.isEmpty()) {
      return null;
    }
    Set<String> secret = new HashSet<>(HeaderCapture.DEFAULT_SECRET_HEADERS);
    for (String name : secretHeaders) {
      secret.add(name.toLowerCase(Locale.ROOT));
    }
    return new HeaderCapture(side, headers, secret);
  }
}
