package io.otlpagent.agent.export;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.Status;
import io.grpc.StatusOr;
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
 * application's. Runs on an executor of the channel.
 */
final class GrpcResolver extends NameResolver {

  static final String SCHEME = "otlp-agent";

  private final CollectorEndpoint endpoint;
  private final Executor executor;
  private @Nullable Listener2 listener;

  private GrpcResolver(CollectorEndpoint endpoint, Executor executor) {
    this.endpoint = endpoint;
    this.executor = executor;
  }

  @Override
  public String getServiceAuthority() {
    return endpoint.host() + ':' + endpoint.port();
  }

  @Override
  public void start(Listener2 listener) {
    this.listener = listener;
    refresh();
  }

  @Override
  public void refresh() {
    Listener2 target = listener;
    if (target != null) {
      executor.execute(() -> resolve(target));
    }
  }

  @Override
  public void shutdown() {
    listener = null;
  }

  private void resolve(Listener2 target) {
    try {
      List<EquivalentAddressGroup> groups = new ArrayList<>();
      for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
        groups.add(new EquivalentAddressGroup(new InetSocketAddress(address, endpoint.port())));
      }
      target.onResult(
          ResolutionResult.newBuilder().setAddressesOrError(StatusOr.fromValue(groups)).build());
    } catch (UnknownHostException e) {
      target.onError(
          Status.UNAVAILABLE.withDescription("unknown host " + endpoint.host()).withCause(e));
    }
  }

  /** Makes the resolver for targets of our scheme; knows one endpoint, whatever the target. */
  static final class Provider extends NameResolverProvider {

    private final CollectorEndpoint endpoint;
    private final Executor executor;

    Provider(CollectorEndpoint endpoint, Executor executor) {
      this.endpoint = endpoint;
      this.executor = executor;
    }

    @Override
    public NameResolver newNameResolver(URI target, Args args) {
      return new GrpcResolver(endpoint, executor);
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
