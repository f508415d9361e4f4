package io.otlpagent.agent.export.console;

import io.otlpagent.agent.export.otlp.JsonBuffer;
import io.otlpagent.agent.export.otlp.JsonRequest;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.transport.AgentThreads;
import io.otlpagent.agent.logging.AgentLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes requests to standard output, each as one line of OTLP JSON, for operators who ask for
 * that: otherwise it belongs to the application. A thread of its own writes, because whoever reads
 * may have stopped doing so. Called by the exporter thread, and at the exit.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/">OTLP file
 *     form</a>
 */
public final class StandardOutput {

  /** How much may wait to be written before copies are left out. */
  private static final long MOST_WAITING_BYTES = 8L << 20;

  private static final long IDLE_THREAD_SECONDS = 30;
  private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final OutputStream out;
  private final ThreadPoolExecutor thread;
  private final AtomicLong waitingBytes = new AtomicLong();

  /** The standard output of the process: the application may have replaced {@code System.out}. */
  public StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  StandardOutput(OutputStream out) {
    this.out = out;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new AgentThreads("console"));
    thread.allowCoreThreadTimeOut(true);
  }

  /**
   * Makes the line of a request.
   *
   * @throws IllegalArgumentException if the request is damaged
   */
  ConsoleLine line(OtlpRequest request) {
    JsonBuffer json = JsonRequest.of(request.signal().request(), request.array(), request.length());
    json.append('\n');
    return new ConsoleLine(this, out, json);
  }

  /** Has a line written when those before it are. */
  void write(ConsoleLine line) {
    waitingBytes.addAndGet(line.length());
    try {
      thread.execute(line);
    } catch (RuntimeException | Error e) {
      // No memory for a thread, most likely.
      over(line);
      throw e;
    }
  }

  /** A line will never be written: nothing keeps it, as it may be long and many may follow. */
  void withdrawn(ConsoleLine line) {
    thread.remove(line);
    over(line);
  }

  /** How many lines wait for those before them. */
  int waiting() {
    return thread.getQueue().size();
  }

  /** A line is written, or will never be. */
  void over(ConsoleLine line) {
    waitingBytes.addAndGet(-line.length());
  }

  /** Writes what goes to the collector, too, unless nobody reads. Never waits, never throws. */
  public void copy(OtlpRequest request) {
    if (waitingBytes.get() > MOST_WAITING_BYTES) {
      AgentLog.warn("nothing reads standard output: exports are not copied to it");
      return;
    }
    try {
      write(line(request));
    } catch (RuntimeException | OutOfMemoryError e) {
      AgentLog.warn("an export is not copied to standard output", e);
    }
  }

  /** Waits until all lines are written, or the time is over. */
  public void flush(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    while (waitingBytes.get() > 0 && System.nanoTime() - end < 0) {
      TimeUnit.NANOSECONDS.sleep(WATCH_NANOS);
    }
  }
}
