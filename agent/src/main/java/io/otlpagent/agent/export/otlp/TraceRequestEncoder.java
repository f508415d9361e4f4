package io.otlpagent.agent.export.otlp;

import io.otlpagent.agent.resource.Resource;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Span;

/**
 * Writes {@code ExportTraceServiceRequest} messages from spans into one reused buffer, without an
 * object in between. Used by the exporter thread.
 */
public final class TraceRequestEncoder {

  /** Where a request is closed; the usual gRPC server accepts 4 MiB. */
  public static final int TARGET_REQUEST_BYTES = 2 * 1024 * 1024;

  private static final String SCHEMA_URL = "https://opentelemetry.io/schemas/1.44.0";

  private final ProtoBuffer buffer = new ProtoBuffer();
  private final SpanEncoder spanEncoder;
  private final byte[] resource;
  private final String agentVersion;
  private final int targetBytes;

  // The outcome of the last encode.
  private int encoded;
  private int tooLarge;
  private int unreadable;
  private boolean full;

  /**
   * @param agentVersion for the instrumentation scopes: they are versioned with the agent
   * @param targetBytes where a request is closed; a single span may take twice that
   */
  public TraceRequestEncoder(
      Resource resource, String agentVersion, AttributeLimits limits, int targetBytes) {
    this.spanEncoder = new SpanEncoder(buffer, limits);
    this.resource = ResourceEncoder.encode(resource);
    this.agentVersion = agentVersion;
    this.targetBytes = targetBytes;
  }

  /**
   * Begins a new request with spans from that position on. Spans of one scope should be neighbours,
   * because each change of scope begins a group.
   *
   * @return the position of the first span that is neither in the request nor given up
   */
  public int encode(Span[] spans, int from, int to) {
    buffer.clear();
    encoded = 0;
    tooLarge = 0;
    unreadable = 0;
    full = false;
    int start = buffer.begin(OtlpFields.REQUEST_RESOURCE_SPANS, 3);
    buffer.raw(resource);
    int next = from;
    while (next < to && !full) {
      next = encodeScope(spans, next, to);
    }
    buffer.stringField(OtlpFields.RESOURCE_SPANS_SCHEMA_URL, SCHEMA_URL);
    buffer.end(start, 3);
    return next;
  }

  private int encodeScope(Span[] spans, int from, int to) {
    InstrumentationScope scope = spans[from].scope();
    int before = buffer.size();
    int encodedBefore = encoded;
    int start = buffer.begin(OtlpFields.RESOURCE_SPANS_SCOPE_SPANS, 3);
    int scopeStart = buffer.begin(OtlpFields.SCOPE_SPANS_SCOPE, 1);
    buffer.stringField(OtlpFields.SCOPE_NAME, scope.name());
    buffer.stringField(OtlpFields.SCOPE_VERSION, agentVersion);
    buffer.end(scopeStart, 1);
    int next = from;
    while (next < to && spans[next].scope() == scope && encodeSpan(spans[next])) {
      next++;
    }
    if (encoded == encodedBefore) {
      buffer.truncate(before);
    } else {
      buffer.stringField(OtlpFields.SCOPE_SPANS_SCHEMA_URL, SCHEMA_URL);
      buffer.end(start, 3);
    }
    return next;
  }

  /** False if the span has to wait for the next request. */
  private boolean encodeSpan(Span span) {
    int before = buffer.size();
    try {
      spanEncoder.encode(span);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      // A span reads objects of the application's libraries; one that cannot be read must not take
      // the others of its batch with it.
      buffer.truncate(before);
      unreadable++;
      return true;
    }
    if (buffer.size() <= targetBytes) {
      encoded++;
      return true;
    }
    if (encoded > 0) {
      buffer.truncate(before);
      full = true;
      return false;
    }
    if (buffer.size() > 2 * targetBytes) {
      buffer.truncate(before);
      tooLarge++;
    } else {
      encoded++;
      full = true;
    }
    return true;
  }

  /** The request; valid up to {@link #length()} and until the next {@link #encode}. */
  public byte[] array() {
    return buffer.array();
  }

  public int length() {
    return buffer.size();
  }

  /** How many spans are in the request. */
  public int encoded() {
    return encoded;
  }

  /** How many spans were given up because one alone makes a request too large. */
  public int tooLarge() {
    return tooLarge;
  }

  /** How many spans were given up because reading them failed. */
  public int unreadable() {
    return unreadable;
  }
}
