package io.otlpagent.agent.export.delivery;

import org.jspecify.annotations.Nullable;

/** How the last export went. Immutable. */
public final class CollectorStatus {

  private static final long FAILURE_COUNTS_MILLIS = 10_000;

  /** What is known before the first export. */
  static final CollectorStatus UNKNOWN = new CollectorStatus(State.UNKNOWN, "", 0);

  /** The states that a collector can be in, as far as we know. */
  public enum State {
    UNKNOWN,
    OK,
    FAILED
  }

  private final State state;
  private final String message;
  private final long epochMillis;
  private final boolean refused;

  public CollectorStatus(State state, String message, long epochMillis) {
    this(state, message, epochMillis, false);
  }

  /**
   * @param refused whether it answered that it does not want such requests
   */
  CollectorStatus(State state, String message, long epochMillis, boolean refused) {
    this.refused = refused;
    this.state = state;
    this.message = message;
    this.epochMillis = epochMillis;
  }

  public State state() {
    return state;
  }

  /**
   * Whether the collector can be reached, judged by the last export; null before the first, and
   * when the last one failed so long ago that it says nothing of now: with no traffic there is no
   * next.
   *
   * @param nowMillis the time, as by {@link System#currentTimeMillis}
   */
  public @Nullable Boolean reachable(long nowMillis) {
    if (state == State.FAILED) {
      long age = nowMillis - epochMillis;
      return (age >= 0 && age < FAILURE_COUNTS_MILLIS) ? false : null;
    }
    return state == State.UNKNOWN ? null : true;
  }

  /** Why the export failed; empty if it did not. */
  public String message() {
    return message;
  }

  /** Whether the collector answered that it does not want the spans; other requests it may. */
  public boolean refused() {
    return refused;
  }

  /** When the export ended; 0 before the first. */
  public long epochMillis() {
    return epochMillis;
  }

  @Override
  public String toString() {
    return message.isEmpty() ? state.toString() : state + ": " + message;
  }
}
