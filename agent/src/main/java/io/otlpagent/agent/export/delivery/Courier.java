package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.transport.AgentThreads;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.OtlpSender;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests on a thread of its own, one at a time, so that the exporter thread can look after
 * the queue while a collector takes its time to answer.
 */
final class Courier {

  private static final long IDLE_THREAD_SECONDS = 60;

  /** How much longer than its deadline an attempt may last. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How soon it is noticed that a deadline has come closer. */
  private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final OtlpSender sender;
  private final ThreadPoolExecutor thread;

  Courier(OtlpSender sender) {
    this.sender = sender;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new AgentThreads("sender"));
    thread.allowCoreThreadTimeOut(true);
  }

  /** Begins to send; the array belongs to the courier until there is a result. */
  Errand send(OtlpRequest request, AttemptDeadline deadline) {
    Errand errand = new Errand(sender, request, deadline);
    try {
      thread.execute(errand);
    } catch (Throwable e) {
      // No memory for a thread, most likely.
      errand.finish(ExportResult.failed(e));
    }
    return errand;
  }

  void close() {
    thread.shutdown();
  }

  /** One request on its way. */
  static final class Errand implements Runnable {

    private final OtlpSender sender;
    private final OtlpRequest request;
    private final AttemptDeadline deadline;
    private final Thread customer = Thread.currentThread();
    private final long startNanoTime = System.nanoTime();
    private volatile @Nullable Thread carrier;

    // Published by the result.
    private long nanos;
    private volatile @Nullable ExportResult result;

    Errand(OtlpSender sender, OtlpRequest request, AttemptDeadline deadline) {
      this.sender = sender;
      this.request = request;
      this.deadline = deadline;
    }

    @Override
    public void run() {
      carrier = Thread.currentThread();
      try {
        finish(sender.send(request, deadline));
      } catch (Throwable e) {
        // The trouble is this JVM's: what is on disk is better kept until it is over.
        finish(ExportResult.failed(e));
      }
    }

    private void finish(ExportResult outcome) {
      nanos = System.nanoTime() - startNanoTime;
      result = outcome;
      LockSupport.unpark(customer);
    }

    OtlpRequest request() {
      return request;
    }

    /** Null while it is on its way. */
    @Nullable ExportResult result() {
      return result;
    }

    /** How long it took, or has taken so far. */
    long nanos() {
      return result == null ? System.nanoTime() - startNanoTime : nanos;
    }

    /** Waits for the result, but not much longer than until the deadline. */
    ExportResult await() {
      ExportResult answer;
      while ((answer = result) == null && deadline.remainingNanos() > -GRACE_NANOS) {
        hurry();
        ExporterAlarm.sleep(this, WATCH_NANOS);
      }
      return answer == null ? ExportResult.retryable("timeout", "no answer in time", 0) : answer;
    }

    /** Has the sender look at its deadline, which may have come closer. */
    void hurry() {
      LockSupport.unpark(carrier);
    }
  }
}
