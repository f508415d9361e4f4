package io.otlpagent.agent.export.transport;

/** What became of one attempt to send a request. Immutable. */
public final class ExportResult {

  private static final ExportResult SUCCESS = new ExportResult(Kind.SUCCESS, "", "", 0, 0);

  private static final ExportResult FAILED =
      new ExportResult(Kind.RETRYABLE, "internal_error", "export failed unexpectedly", 0, 0);

  private enum Kind {
    SUCCESS,
    RETRYABLE,
    /** Retryable, and the collector saw nothing of the request. */
    UNREACHED,
    /** Retryable, and what was begun goes on: the next attempt waits for its end. */
    UNDER_WAY,
    PERMANENT
  }

  private final Kind kind;
  private final String reason;
  private final String message;
  private final long rejected;
  private final long minimumDelayNanos;
  private final boolean unanswered;

  private ExportResult(
      Kind kind, String reason, String message, long rejected, long minimumDelayNanos) {
    this(kind, reason, message, rejected, minimumDelayNanos, false);
  }

  private ExportResult(
      Kind kind,
      String reason,
      String message,
      long rejected,
      long minimumDelayNanos,
      boolean unanswered) {
    this.unanswered = unanswered;
    this.kind = kind;
    this.reason = reason;
    this.message = message;
    this.rejected = rejected;
    this.minimumDelayNanos = minimumDelayNanos;
  }

  public static ExportResult success() {
    return SUCCESS;
  }

  /**
   * The collector took the request and has something to say.
   *
   * @param rejected how many spans it refused; with 0 the message is a warning
   */
  public static ExportResult partial(long rejected, String message) {
    return new ExportResult(
        Kind.SUCCESS, rejected > 0 ? "rejected" : "", message, Math.max(0, rejected), 0);
  }

  /**
   * The same request may succeed later.
   *
   * @param reason of low cardinality, for metrics
   * @param minimumDelayNanos what the server asked for; 0 if it did not
   */
  public static ExportResult retryable(String reason, String message, long minimumDelayNanos) {
    return new ExportResult(Kind.RETRYABLE, reason, message, 0, minimumDelayNanos);
  }

  /**
   * The request has left and no answer came: the collector may have taken it, or not. To try again
   * is right where twice is better than never.
   *
   * @param reason of low cardinality, for metrics
   */
  public static ExportResult unanswered(String reason, String message) {
    return new ExportResult(Kind.RETRYABLE, reason, message, 0, 0, true);
  }

  /**
   * There was no connection to send the request over: refused, unknown host, TLS, no answer to the
   * attempt to connect. The same request may succeed later.
   *
   * @param reason of low cardinality, for metrics
   */
  public static ExportResult unreached(String reason, String message) {
    return new ExportResult(Kind.UNREACHED, reason, message, 0, 0);
  }

  /**
   * The request is being taken, however long that takes: it cannot be withdrawn, and the same
   * request does not begin anew.
   *
   * @param reason of low cardinality, for metrics
   */
  public static ExportResult underWay(String reason, String message) {
    return new ExportResult(Kind.UNDER_WAY, reason, message, 0, 0, true);
  }

  /** Something in this JVM went wrong. The same request may succeed later. */
  public static ExportResult failed(Throwable e) {
    try {
      return retryable("internal_error", FAILED.message + ": " + e, 0);
    } catch (Throwable again) {
      // Without memory nothing can be made.
      return FAILED;
    }
  }

  /** The same request will never succeed. */
  public static ExportResult permanent(String reason, String message) {
    return new ExportResult(Kind.PERMANENT, reason, message, 0, 0);
  }

  public boolean isSuccess() {
    return kind == Kind.SUCCESS;
  }

  public boolean isRetryable() {
    return kind == Kind.RETRYABLE || kind == Kind.UNREACHED || kind == Kind.UNDER_WAY;
  }

  /** Whether the collector certainly saw nothing of the request. */
  public boolean isUnreached() {
    return kind == Kind.UNREACHED;
  }

  /** Whether the request will yet be taken, or fail: nobody may give it up as lost. */
  public boolean isUnderWay() {
    return kind == Kind.UNDER_WAY;
  }

  /** Whether it is not known if the collector took the request. */
  public boolean isUnanswered() {
    return unanswered;
  }

  /** Of low cardinality; empty if nothing is wrong. */
  public String reason() {
    return reason;
  }

  /** For the log; may be empty. */
  public String message() {
    return message;
  }

  /** How many spans of a successful request the collector refused. */
  public long rejected() {
    return rejected;
  }

  public long minimumDelayNanos() {
    return minimumDelayNanos;
  }

  @Override
  public String toString() {
    return kind
        + (reason.isEmpty() ? "" : " " + reason)
        + (message.isEmpty() ? "" : ": " + message);
  }
}
