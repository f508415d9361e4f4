package io.otlpagent.agent.command;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call that may never return, such as one to a JVM that is frozen: made on a daemon thread, which
 * the end of the command ends. Stateless.
 */
final class BoundedCall {

  private BoundedCall() {}

  /**
   * What the call gives.
   *
   * @throws TimeoutException if it has not returned in time
   * @throws ExecutionException with what it threw
   */
  static <T> T within(long millis, Callable<T> call)
      throws TimeoutException, ExecutionException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "otlp-agent-call");
    thread.setDaemon(true);
    thread.start();
    return task.get(millis, TimeUnit.MILLISECONDS);
  }
}
