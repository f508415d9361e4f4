package io.otlpagent.agent.config;

import io.otlpagent.instrumentation.semconv.ExceptionMessages;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is taken out of the values of spans. Stateless. */
final class RedactionConfig {

  static final ConfigKey QUERY_KEYS =
      ConfigKey.list(
          "redaction.query_keys",
          "",
          "Query parameters whose values are replaced by `REDACTED`, in addition to the built-in"
              + " ones; begin with `none` to replace those");
  static final ConfigKey SIGNATURE_KEYS =
      ConfigKey.list(
          "otel.instrumentation.sanitization.url.experimental.sensitive-query-parameters",
          "",
          "Replaces the built-in parameters of signed URLs, compared as written");
  static final ConfigKey SQL_LITERALS =
      ConfigKey.bool(
          "redaction.sql_literals",
          true,
          "Whether literals in prepared statements are replaced by `?`; in all other SQL they"
              + " always are",
          "otel.instrumentation.jdbc.query-sanitization.enabled",
          "otel.instrumentation.common.db.query-sanitization.enabled",
          "otel.instrumentation.common.db-statement-sanitizer.enabled");
  static final ConfigKey SECRET_HEADERS =
      ConfigKey.list(
          "redaction.headers",
          "",
          "Captured headers whose values are replaced by `REDACTED`, in addition to the built-in"
              + " ones of credentials and cookies");

  static final ConfigKey EXCEPTION_MESSAGES =
      ConfigKey.choice(
          "redaction.exception_messages",
          "redacted",
          "redacted|omitted|full",
          "What spans have of the messages of exceptions: the sentence without the values that a"
              + " database or a redacted part of the request has put into it, nothing, or all");

  private RedactionConfig() {}

  static SemconvSettings settings(ConfigValues values, HttpConfig http) {
    Set<String> signatureKeys = new HashSet<>(values.list(SIGNATURE_KEYS));
    if (signatureKeys.isEmpty()) {
      signatureKeys = SemconvSettings.DEFAULT_SIGNATURE_KEYS;
    }
    List<String> queryKeys = values.list(QUERY_KEYS);
    Set<String> secretKeys = new HashSet<>();
    if (!queryKeys.contains("none")) {
      secretKeys.addAll(SemconvSettings.DEFAULT_SECRET_KEYS);
    }
    for (String key : queryKeys) {
      if (!key.equals("none")) {
        secretKeys.add(key.toLowerCase(Locale.ROOT));
      }
    }
    return new SemconvSettings(
            http.knownMethods(),
            signatureKeys,
            secretKeys,
            http.trustForwardedHeaders(),
            values.bool(SQL_LITERALS))
        .withExceptionMessages(
            ExceptionMessages.valueOf(values.choice(EXCEPTION_MESSAGES).toUpperCase(Locale.ROOT)));
  }
}
