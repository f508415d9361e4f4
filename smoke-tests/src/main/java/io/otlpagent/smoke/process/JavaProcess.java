package io.otlpagent.smoke.process;

import java.util.concurrent.TimeUnit;

/** A JVM that we have started and therefore have to end. */
public final class JavaProcess implements AutoCloseable {

  private static final long GRACE_SECONDS = 60;

  private final Process process;

  JavaProcess(Process process) {
    this.process = process;
  }

  public Process process() {
    return process;
  }

  public long pid() {
    return process.pid();
  }

  /** Whether it ended by itself within the time. */
  public boolean ends(long seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  /** Asks it to end, as an orchestrator does (SIGTERM); by force if it has not after a while. */
  public void stop() {
    // Not process.destroy(), which closes the streams: what it prints at its end is of interest.
    process.toHandle().destroy();
    boolean ended = false;
    try {
      ended = process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
