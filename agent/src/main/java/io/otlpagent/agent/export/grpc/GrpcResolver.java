package io.otlpagent.agent.export.grpc;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.otlpagent.agent.export.transport.CollectorEndpoint;
import io.otlpagent.agent.export.transport.HostLookup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the collector's name with {@link InetAddress} and nothing else. grpc's own resolver also
 * asks JNDI for service configuration and the JVM's proxy selector, both of which may be the
 * application's. Used by the channel.
 */
final class GrpcResolver extends NameResolver {

  static final String SCHEME = "otlp-agent";

  private final Provider provider;
  private volatile @Nullable Listener2 listener;

  private GrpcResolver(Provider provider) {
    this.provider = provider;
  }

  @Override
  public String getServiceAuthority() {
    return provider.endpoint.authority();
  }

  @Override
  public void start(Listener2 listener) {
    this.listener = listener;
    refresh();
  }

  @Override
  public void refresh() {
    if (listener != null) {
      provider.lookUpFor(this);
    }
  }

  @Override
  public void shutdown() {
    listener = null;
  }

  private void found(InetAddress[] addresses) {
    List<EquivalentAddressGroup> groups = new ArrayList<>();
    for (InetAddress address : addresses) {
      groups.add(
          new EquivalentAddressGroup(new InetSocketAddress(address, provider.nextHop.port())));
    }
    Listener2 target = listener;
    if (target != null) {
      target.onResult(
          ResolutionResult.newBuilder().setAddressesOrError(StatusOr.fromValue(groups)).build());
    }
  }

  private void failed(Throwable reason) {
    Listener2 target = listener;
    if (target != null) {
      target.onError(
          Status.UNAVAILABLE
              .withDescription("unknown host " + provider.nextHop.host())
              .withCause(reason));
    }
  }

  /**
   * Makes the resolver for targets of our scheme; knows one endpoint, whatever the target. The JDK
   * has no timeout for a look-up, and each new connection of the channel has a resolver of its own:
   * while one look-up hangs there is no second, its answer goes to whoever asked last.
   */
  static final class Provider extends NameResolverProvider {

    private final CollectorEndpoint endpoint;
    private final CollectorEndpoint nextHop;
    private final Executor executor;
    private final HostLookup.Resolver names;

    // Written by whoever looked the name up last, read by those that connect.
    private volatile int addresses = 1;

    // Guarded by this.
    private @Nullable GrpcResolver asking;
    private boolean running;

    Provider(CollectorEndpoint endpoint, Executor executor) {
      this(endpoint, endpoint, executor, InetAddress::getAllByName);
    }

    /**
     * @param endpoint who is spoken to
     * @param nextHop what is connected to: the same, or a proxy
     */
    Provider(
        CollectorEndpoint endpoint,
        CollectorEndpoint nextHop,
        Executor executor,
        HostLookup.Resolver names) {
      this.endpoint = endpoint;
      this.nextHop = nextHop;
      this.executor = executor;
      this.names = names;
    }

    /** How many addresses the name had last; 1 before it was looked up. */
    int addresses() {
      return addresses;
    }

    private void lookUpFor(GrpcResolver resolver) {
      synchronized (this) {
        asking = resolver;
        if (running) {
          return;
        }
        running = true;
      }
      try {
        executor.execute(this::lookUp);
      } catch (RuntimeException | Error e) {
        // No thread to be had: the next one asks again.
        done();
        throw e;
      }
    }

    private void lookUp() {
      InetAddress[] found;
      try {
        found = names.resolve(nextHop.host());
      } catch (UnknownHostException | RuntimeException | Error e) {
        GrpcResolver asked = done();
        if (asked != null) {
          asked.failed(e);
        }
        return;
      }
      addresses = found.length;
      GrpcResolver asked = done();
      if (asked != null) {
        asked.found(found);
      }
    }

    private synchronized @Nullable GrpcResolver done() {
      GrpcResolver asked = asking;
      asking = null;
      running = false;
      return asked;
    }

    @Override
    public NameResolver newNameResolver(URI target, Args args) {
      return new GrpcResolver(this);
    }

    @Override
    public String getDefaultScheme() {
      return SCHEME;
    }

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return 5;
    }
  }
}
