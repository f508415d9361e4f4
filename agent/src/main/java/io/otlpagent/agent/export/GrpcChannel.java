package io.otlpagent.agent.export;

import io.grpc.LoadBalancerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.internal.PickFirstLoadBalancerProvider;
import io.grpc.okhttp.OkHttpChannelBuilder;
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

  /** As long as grpc gives a call; a call cannot wait for it longer anyway. */
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

  private final DirectSocketFactory sockets;
  private final ManagedChannel channel;

  GrpcChannel(SenderSettings settings) {
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
    sockets = new DirectSocketFactory(CONNECT_TIMEOUT_MILLIS, settings.tls() == null);
    channel = builder(settings, sockets, transport, timer).build();
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
      Executor transport,
      ScheduledExecutorService timer) {
    CollectorEndpoint endpoint = settings.endpoint();
    SSLSocketFactory tls = settings.tls();
    OkHttpChannelBuilder builder =
        OkHttpChannelBuilder.forTarget(GrpcResolver.SCHEME + ":///collector")
            .nameResolverFactory(new GrpcResolver.Provider(endpoint, transport))
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
