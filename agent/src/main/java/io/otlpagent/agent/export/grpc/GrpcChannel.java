package io.otlpagent.agent.export.grpc;

import io.grpc.LoadBalancerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.internal.PickFirstLoadBalancerProvider;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.otlpagent.agent.export.transport.AgentThreads;
import io.otlpagent.agent.export.transport.HostLookup;
import io.otlpagent.agent.export.transport.SenderSettings;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;

/**
 * One channel with its own few threads: grpc's shared pools would outlive it, and its providers are
 * named here because service files need not survive packaging.
 */
final class GrpcChannel {

  /** Connecting takes two, a connection one for reading and now and then one for writing. */
  private static final int MAX_THREADS = 8;

  private static final long IDLE_THREAD_SECONDS = 10;

  private static final long MAX_CONNECT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final DirectSocketFactory sockets;
  private final ManagedChannel channel;

  // Written before a call, read by the threads that connect for it.
  private volatile long callNanos = MAX_CONNECT_NANOS;

  GrpcChannel(SenderSettings settings, HostLookup.Resolver names) {
    AgentThreads threads = new AgentThreads("grpc");
    ThreadPoolExecutor transport =
        new ThreadPoolExecutor(
            0,
            MAX_THREADS,
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads,
            // A refusal would make grpc give the channel up for good. More are needed when
            // connections are closed and opened faster than their threads come to an end.
            (task, pool) -> threads.newThread(task).start());
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, new AgentThreads("grpc-timer"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(IDLE_THREAD_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    // Twice is harmless: the first of equals wins.
    LoadBalancerRegistry.getDefaultRegistry().register(new PickFirstLoadBalancerProvider());
    GrpcResolver.Provider resolver =
        new GrpcResolver.Provider(settings.endpoint(), settings.nextHop(), transport, names);
    sockets = new DirectSocketFactory(settings, () -> connectMillis(resolver.addresses()));
    channel = builder(settings, sockets, resolver, transport, timer).build();
  }

  /** Says how much time the next call has, connecting included. */
  void callWithin(long nanos) {
    callNanos = nanos;
  }

  /** Of several addresses the first ones may be silent: then there is time left for the last. */
  private int connectMillis(int addresses) {
    long nanos = Math.min(MAX_CONNECT_NANOS, callNanos);
    long share = addresses > 1 ? nanos / 4 * 3 / addresses : nanos;
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(share));
  }

  ManagedChannel channel() {
    return channel;
  }

  /**
   * Has the next call connect anew. grpc itself never gives up a handshake that hangs, and two of
   * its threads with it.
   */
  void disconnect() {
    channel.enterIdle();
    sockets.closeAll();
  }

  /** Leaves the executors open: grpc still uses them for a moment, and their threads time out. */
  void close() {
    channel.shutdownNow();
    sockets.closeAll();
  }

  // The way that takes a factory for this channel alone; the other one is global to grpc.
  @SuppressWarnings("deprecation")
  private static OkHttpChannelBuilder builder(
      SenderSettings settings,
      DirectSocketFactory sockets,
      GrpcResolver.Provider resolver,
      Executor transport,
      ScheduledExecutorService timer) {
    SSLSocketFactory tls = settings.tls();
    OkHttpChannelBuilder builder =
        OkHttpChannelBuilder.forTarget(GrpcResolver.SCHEME + ":///collector")
            .nameResolverFactory(resolver)
            .defaultLoadBalancingPolicy("pick_first")
            .disableServiceConfigLookUp()
            .disableRetry()
            .proxyDetector(address -> null)
            .socketFactory(sockets)
            .userAgent(settings.userAgent())
            .directExecutor()
            .offloadExecutor(transport)
            .transportExecutor(transport)
            .scheduledExecutorService(timer);
    return tls == null
        ? builder.usePlaintext()
        : builder.useTransportSecurity().sslSocketFactory(tls);
  }
}
