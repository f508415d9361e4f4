package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.smoke.receiver.OtlpReceiver;
import io.otlpagent.smoke.receiver.ReceivedSpan;
import io.otlpagent.smoke.receiver.SpanStore;
import io.otlpagent.smoke.receiver.TraceTree;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** The collector of a test: a receiver and what it has got. */
final class Receiver implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final SpanStore store = new SpanStore();
  private final OtlpReceiver receiver;

  Receiver() throws IOException {
    receiver = new OtlpReceiver(0, store);
  }

  String endpoint() {
    return receiver.endpoint();
  }

  SpanStore store() {
    return store;
  }

  /** The shapes of the traces, sorted, once as many have arrived whole. */
  List<String> awaitShapes(int traces) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(shapes()).as("%s", store).hasSize(traces));
    return shapes();
  }

  /** The one trace whose root is this, once it has arrived with so many spans. */
  TraceTree awaitTrace(int spans, Predicate<ReceivedSpan> root) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(trees(root))
                    .as("%s", store)
                    .singleElement()
                    .satisfies(tree -> assertThat(tree.size()).isEqualTo(spans)));
    return trees(root).get(0);
  }

  /** What must be true of every set of spans, whatever made them. */
  void assertSound() {
    assertThat(store.duplicates()).as("spans received twice").isEmpty();
    assertThat(store.orphans()).as("spans without their parent in %s", store).isEmpty();
    assertThat(store.spans())
        .allSatisfy(
            span -> {
              assertThat(span.traceId()).matches("(?!0{32})[0-9a-f]{32}");
              assertThat(span.id()).matches("(?!0{16})[0-9a-f]{16}");
              assertThat(span.name()).isNotEmpty();
              assertThat(span.durationNanos()).isNotNegative();
              assertThat(span.service()).isNotEmpty();
              assertThat(span.resource()).containsKeys("telemetry.sdk.language", "process.pid");
            });
  }

  @Override
  public void close() {
    receiver.close();
  }

  private List<String> shapes() {
    return store.traces().values().stream()
        .filter(trace -> trace.stream().anyMatch(span -> span.parentId().isEmpty()))
        .map(trace -> new TraceTree(trace).shape())
        .sorted()
        .toList();
  }

  private List<TraceTree> trees(Predicate<ReceivedSpan> root) {
    return store.traces().values().stream()
        .filter(trace -> trace.stream().anyMatch(s -> s.parentId().isEmpty() && root.test(s)))
        .map(TraceTree::new)
        .toList();
  }
}
