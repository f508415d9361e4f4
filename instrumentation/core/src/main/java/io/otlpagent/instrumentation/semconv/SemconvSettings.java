package io.otlpagent.instrumentation.semconv;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What operators can change about the conventions. Immutable; the agent installs one before the
 * first class is woven, and whoever needs it reads {@link #installed()} each time.
 */
public final class SemconvSettings {

  /** Methods of RFC 9110, section 9, RFC 5789, and QUERY; anything else is {@code _OTHER}. */
  public static final Set<String> DEFAULT_KNOWN_METHODS =
      setOf(
          "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE", "QUERY");

  /** Keys of signed URLs that the conventions redact; compared as they are written. */
  public static final Set<String> DEFAULT_SIGNATURE_KEYS =
      setOf(
          "X-Amz-Signature",
          "X-Amz-Credential",
          "X-Amz-Security-Token",
          "AWSAccessKeyId",
          "Signature",
          "sig",
          "X-Goog-Signature");

  /** Keys that often hold secrets; in lower case, compared without regard to case. */
  public static final Set<String> DEFAULT_SECRET_KEYS =
      setOf(
          "token",
          "access_token",
          "id_token",
          "refresh_token",
          "api_key",
          "apikey",
          "key",
          "password",
          "passwd",
          "pwd",
          "secret",
          "client_secret",
          "code",
          "state",
          "session",
          "jsessionid",
          "auth");

  public static final SemconvSettings DEFAULT =
      new SemconvSettings(
          DEFAULT_KNOWN_METHODS, DEFAULT_SIGNATURE_KEYS, DEFAULT_SECRET_KEYS, true, true);

  private static volatile SemconvSettings installed = DEFAULT;

  private final Set<String> knownMethods;
  private final Set<String> signatureKeys;
  private final Set<String> secretKeys;
  private final SecretKeys queryKeys;
  private final boolean trustForwardedHeaders;
  private final boolean sanitizeSqlLiterals;
  private final ExceptionMessages exceptionMessages;

  // Null if nothing is wanted: nobody pays for it, nor loads a class.
  private final @Nullable HttpOptions server;
  private final @Nullable HttpOptions client;
  private final @Nullable PeerServices peerServices;

  /**
   * @param signatureKeys query keys to redact, compared as written
   * @param secretKeys query keys to redact, in lower case, compared without regard to case
   */
  public SemconvSettings(
      Set<String> knownMethods,
      Set<String> signatureKeys,
      Set<String> secretKeys,
      boolean trustForwardedHeaders,
      boolean sanitizeSqlLiterals) {
    this.knownMethods = Collections.unmodifiableSet(new HashSet<>(knownMethods));
    this.signatureKeys = Collections.unmodifiableSet(new HashSet<>(signatureKeys));
    this.secretKeys = Collections.unmodifiableSet(new HashSet<>(secretKeys));
    this.queryKeys = new SecretKeys(this.signatureKeys, this.secretKeys);
    this.trustForwardedHeaders = trustForwardedHeaders;
    this.sanitizeSqlLiterals = sanitizeSqlLiterals;
    this.exceptionMessages = ExceptionMessages.REDACTED;
    this.server = null;
    this.client = null;
    this.peerServices = null;
  }

  private SemconvSettings(
      SemconvSettings other,
      ExceptionMessages exceptionMessages,
      @Nullable HttpOptions server,
      @Nullable HttpOptions client,
      @Nullable PeerServices peerServices) {
    this.knownMethods = other.knownMethods;
    this.signatureKeys = other.signatureKeys;
    this.secretKeys = other.secretKeys;
    this.queryKeys = other.queryKeys;
    this.trustForwardedHeaders = other.trustForwardedHeaders;
    this.sanitizeSqlLiterals = other.sanitizeSqlLiterals;
    this.exceptionMessages = exceptionMessages;
    this.server = server;
    this.client = client;
    this.peerServices = peerServices;
  }

  /**
   * These settings with more of requests in their spans.
   *
   * @param server of requests to this process; null for nothing
   * @param client of requests that it makes; null for nothing
   */
  public SemconvSettings withHttp(@Nullable HttpOptions server, @Nullable HttpOptions client) {
    return new SemconvSettings(this, exceptionMessages, server, client, peerServices);
  }

  /** These settings with other texts of exceptions. */
  public SemconvSettings withExceptionMessages(ExceptionMessages exceptionMessages) {
    return new SemconvSettings(this, exceptionMessages, server, client, peerServices);
  }

  /** These settings with names for the services that are called. */
  public SemconvSettings withPeerServices(PeerServices peerServices) {
    return new SemconvSettings(this, exceptionMessages, server, client, peerServices);
  }

  public static SemconvSettings installed() {
    return installed;
  }

  public static void install(SemconvSettings settings) {
    installed = settings;
  }

  public Set<String> knownMethods() {
    return knownMethods;
  }

  public Set<String> signatureKeys() {
    return signatureKeys;
  }

  public Set<String> secretKeys() {
    return secretKeys;
  }

  /** The keys of both kinds. */
  public SecretKeys queryKeys() {
    return queryKeys;
  }

  /** What is wanted of requests to this process; null if nothing. */
  public @Nullable HttpOptions server() {
    return server;
  }

  /** What is wanted of requests that this process makes; null if nothing. */
  public @Nullable HttpOptions client() {
    return client;
  }

  /** Names of the services that are called; null if the operator has given none. */
  public @Nullable PeerServices peerServices() {
    return peerServices;
  }

  public boolean trustForwardedHeaders() {
    return trustForwardedHeaders;
  }

  /** Whether literals in the text of prepared statements are replaced too. */
  public boolean sanitizeSqlLiterals() {
    return sanitizeSqlLiterals;
  }

  /** What spans have of the messages of exceptions. */
  public ExceptionMessages exceptionMessages() {
    return exceptionMessages;
  }

  private static Set<String> setOf(String... values) {
    return Collections.unmodifiableSet(new HashSet<>(Arrays.asList(values)));
  }
}
