package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.transport.ExportResult;
import org.jspecify.annotations.Nullable;

/** How the attempts to deliver one request ended. Immutable. */
public final class DeliveryOutcome {

  /** Why there was no further attempt. */
  public enum Verdict {
    /** The collector took the request, perhaps in part. */
    DELIVERED,
    /** The collector will never take it. */
    REFUSED,
    /** It might have taken it later, but the retries or their time are used up. */
    EXHAUSTED,
    /** Likewise, because the JVM exits. */
    SHUTDOWN,
    /** Likewise, because the operator has switched the agent off. */
    SWITCHED_OFF,
    /** It is on disk, and tried again from there. */
    PARKED
  }

  private final Verdict verdict;
  private final int attempts;
  private final long elapsedNanos;
  private final @Nullable ExportResult last;
  private final boolean parked;

  DeliveryOutcome(Verdict verdict, int attempts, long elapsedNanos, @Nullable ExportResult last) {
    this(verdict, attempts, elapsedNanos, last, false);
  }

  private DeliveryOutcome(
      Verdict verdict,
      int attempts,
      long elapsedNanos,
      @Nullable ExportResult last,
      boolean parked) {
    this.verdict = verdict;
    this.attempts = attempts;
    this.elapsedNanos = elapsedNanos;
    this.last = last;
    this.parked = parked;
  }

  /** The same for a request that went to disk, perhaps while it was on its way. */
  DeliveryOutcome parked(boolean onDisk) {
    return new DeliveryOutcome(verdict, attempts, elapsedNanos, last, onDisk);
  }

  /** What an answer means that the collector will not change. */
  static Verdict answer(ExportResult result) {
    return result.isSuccess() ? Verdict.DELIVERED : Verdict.REFUSED;
  }

  public Verdict verdict() {
    return verdict;
  }

  /** Why the spans of the request are given up; null if it was delivered. */
  @Nullable DropReason dropReason() {
    switch (verdict) {
      case REFUSED:
        return DropReason.PERMANENT_ERROR;
      case EXHAUSTED:
        return DropReason.RETRIES_EXHAUSTED;
      case SHUTDOWN:
        return DropReason.SHUTDOWN;
      case SWITCHED_OFF:
        return DropReason.SWITCHED_OFF;
      default:
        return null;
    }
  }

  /** 0 if the time was up before the first. */
  public int attempts() {
    return attempts;
  }

  /** From the first attempt to the end of the last. */
  long elapsedNanos() {
    return elapsedNanos;
  }

  /** Of the last attempt; null if there was none. */
  @Nullable ExportResult last() {
    return last;
  }

  /** Whether the disk accounts for the spans of the request. */
  boolean parked() {
    return parked;
  }

  /** False if the next request would wait for the collector as well. */
  boolean reachable() {
    return verdict == Verdict.DELIVERED || verdict == Verdict.REFUSED || verdict == Verdict.PARKED;
  }
}
