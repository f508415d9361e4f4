package io.otlpagent.agent.export.console;

import io.otlpagent.agent.export.otlp.JsonBuffer;
import io.otlpagent.agent.logging.AgentLog;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One line on its way to standard output. Made by the exporter thread, which may wait for it, and
 * run by the thread of {@link StandardOutput}.
 */
final class ConsoleLine implements Runnable {

  private enum State {
    WAITING,
    WRITING,
    WRITTEN,
    FAILED,
    WITHDRAWN
  }

  private final StandardOutput owner;
  private final OutputStream out;
  private final JsonBuffer json;
  private final Thread customer = Thread.currentThread();
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  // Written before the state becomes FAILED.
  private @Nullable IOException failure;

  ConsoleLine(StandardOutput owner, OutputStream out, JsonBuffer json) {
    this.owner = owner;
    this.out = out;
    this.json = json;
  }

  int length() {
    return json.size();
  }

  @Override
  public void run() {
    if (!state.compareAndSet(State.WAITING, State.WRITING)) {
      return;
    }
    try {
      // At once: other writers to the same pipe or file shall find no place within.
      out.write(json.array(), 0, json.size());
      state.set(State.WRITTEN);
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(new IOException(e));
    } finally {
      owner.over(this);
      LockSupport.unpark(customer);
    }
  }

  private void fail(IOException e) {
    failure = e;
    state.set(State.FAILED);
    AgentLog.warn("standard output cannot be written", e);
  }

  /** Has it not written; false if that has begun. */
  boolean withdraw() {
    if (!state.compareAndSet(State.WAITING, State.WITHDRAWN)) {
      return false;
    }
    owner.withdrawn(this);
    return true;
  }

  /** Whether it is written, or has failed. */
  boolean finished() {
    State now = state.get();
    return now == State.WRITTEN || now == State.FAILED;
  }

  /** Why it could not be written; null if it is. */
  @Nullable IOException failure() {
    return failure;
  }

  boolean sameAs(ConsoleLine other) {
    return json.sameAs(other.json);
  }
}
