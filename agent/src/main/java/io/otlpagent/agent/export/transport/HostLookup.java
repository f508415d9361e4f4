package io.otlpagent.agent.export.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up on a thread of its own: the JDK has no timeout for that, and resolvers take up to
 * a minute. While one look-up hangs there is no second. Used by the exporter thread.
 */
public final class HostLookup {

  /** How soon an exceeded deadline is noticed. */
  private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Who knows the addresses. */
  public interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final Resolver resolver;
  private final AgentThreads threads = new AgentThreads("dns");
  private @Nullable FutureTask<InetAddress[]> running;

  HostLookup() {
    this(InetAddress::getAllByName);
  }

  HostLookup(Resolver resolver) {
    this.resolver = resolver;
  }

  /**
   * @param host the same each time
   * @throws SocketTimeoutException if it takes longer than the attempt may
   */
  InetAddress[] addresses(String host, AttemptDeadline deadline) throws IOException {
    if (isAddress(host)) {
      return resolver.resolve(host);
    }
    FutureTask<InetAddress[]> task = running;
    if (task == null) {
      task = new FutureTask<>(() -> resolver.resolve(host));
      threads.newThread(task).start();
      running = task;
    }
    InetAddress[] found = await(task, deadline);
    running = null;
    return found;
  }

  private InetAddress[] await(FutureTask<InetAddress[]> task, AttemptDeadline deadline)
      throws IOException {
    while (true) {
      long left = deadline.remainingNanos();
      try {
        return task.get(Math.max(0, Math.min(WATCH_NANOS, left)), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (left <= 0) {
          throw new SocketTimeoutException("no address in time");
        }
      } catch (InterruptedException e) {
        // Of no meaning here, whoever did it: the deadline ends the wait.
      } catch (ExecutionException e) {
        running = null;
        if (e.getCause() instanceof IOException) {
          throw (IOException) e.getCause();
        }
        throw new IOException(e.getCause());
      }
    }
  }

  /** Whether it is an address in digits, for which nobody is asked. */
  private static boolean isAddress(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == ':') {
        return true;
      }
      if (c != '.' && (c < '0' || c > '9')) {
        return host.startsWith("[");
      }
    }
    return true;
  }
}
