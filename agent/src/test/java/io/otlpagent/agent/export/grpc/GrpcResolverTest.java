package io.otlpagent.agent.export.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.otlpagent.agent.export.transport.CollectorEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrpcResolverTest {

  private static final InetAddress ADDRESS = InetAddress.getLoopbackAddress();

  private final List<Runnable> lookups = new ArrayList<>();
  private boolean known = true;
  private final GrpcResolver.Provider provider =
      new GrpcResolver.Provider(
          CollectorEndpoint.of("http://collector:4317", true),
          CollectorEndpoint.of("http://collector:4317", true),
          lookups::add,
          this::addresses);

  @Test
  void aLookupThatHangsIsNotDoubledAndAnswersWhoAskedLast() {
    Answers first = resolve();
    first.resolver.refresh();
    first.resolver.shutdown();
    Answers second = resolve();

    assertThat(lookups).hasSize(1);
    lookups.get(0).run();

    assertThat(first.answers).isEmpty();
    assertThat(second.answers).containsExactly(new InetSocketAddress(ADDRESS, 4317));
  }

  @Test
  void aNameThatIsUnknownIsLookedUpAgain() {
    known = false;
    Answers answers = resolve();
    lookups.get(0).run();
    known = true;
    answers.resolver.refresh();
    lookups.get(1).run();

    assertThat(answers.answers).hasSize(2);
    assertThat(answers.answers.get(0)).hasToString("unknown host collector");
  }

  @Test
  void aResolverThatWasShutDownHearsNothing() {
    Answers answers = resolve();
    answers.resolver.shutdown();
    lookups.get(0).run();
    answers.resolver.refresh();

    assertThat(answers.answers).isEmpty();
    assertThat(lookups).hasSize(1);
  }

  private InetAddress[] addresses(String host) throws UnknownHostException {
    if (!known) {
      throw new UnknownHostException(host);
    }
    return new InetAddress[] {ADDRESS};
  }

  private Answers resolve() {
    return new Answers(provider.newNameResolver(URI.create("otlp-agent:///collector"), null));
  }

  private static final class Answers extends NameResolver.Listener2 {

    final NameResolver resolver;
    final List<Object> answers = new ArrayList<>();

    Answers(NameResolver resolver) {
      this.resolver = resolver;
      resolver.start(this);
    }

    @Override
    public void onResult(NameResolver.ResolutionResult result) {
      for (EquivalentAddressGroup group : result.getAddressesOrError().getValue()) {
        answers.addAll(group.getAddresses());
      }
    }

    @Override
    public void onError(Status error) {
      answers.add(String.valueOf(error.getDescription()));
    }
  }
}
