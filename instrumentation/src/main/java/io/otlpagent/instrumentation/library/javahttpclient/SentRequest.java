package io.otlpagent.instrumentation.library.javahttpclient;

import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.util.WeakMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request since the application sent it. Its attempts follow one another, on any
 * thread of the client. The table has it only while an attempt may follow, so that it stays small
 * between two collections of garbage.
 */
final class SentRequest {

  private static final WeakMap<Object, SentRequest> WAITING = new WeakMap<>();

  private final @Nullable Span parent;
  // Each attempt happens before the next one, whose future depends on it.
  private int attempts;

  private SentRequest(@Nullable Span parent) {
    this.parent = parent;
  }

  /** Keeps what is current on the application's thread for the threads of the client. */
  static void send(Object multiExchange) {
    WAITING.put(multiExchange, new SentRequest(Context.current()));
  }

  /** Takes a request to begin an attempt; null if the agent did not see it being sent. */
  static @Nullable SentRequest take(Object multiExchange) {
    return WAITING.remove(multiExchange);
  }

  /** Puts a request back that may be sent again. */
  void mayFollow(Object multiExchange) {
    WAITING.put(multiExchange, this);
  }

  @Nullable Span parent() {
    return parent;
  }

  /** How many attempts went before the one that begins. */
  int nextAttempt() {
    return attempts++;
  }
}
