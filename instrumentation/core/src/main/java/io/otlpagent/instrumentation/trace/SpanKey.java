package io.otlpagent.instrumentation.trace;

/**
 * By what the layers of one operation know one another, whatever the types of their spans are and
 * how many spans are between them: the outermost that knows the operation records it, those inside
 * are silent ({@link Span#isWithin}).
 */
public enum SpanKey {

  /** An attempt of an HTTP client, which may be built on another one. */
  HTTP_CLIENT(0x800);

  /** The flags that are for keys. */
  static final int ALL = 0xF800;

  /** Among the flags of a span. */
  final int flag;

  SpanKey(int flag) {
    this.flag = flag;
  }
}
