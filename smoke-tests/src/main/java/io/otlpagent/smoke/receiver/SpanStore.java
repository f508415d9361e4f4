package io.otlpagent.smoke.receiver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Keeps spans and answers questions about them. Thread-safe. */
public final class SpanStore implements Consumer<List<ReceivedSpan>> {

  private final List<ReceivedSpan> spans = new ArrayList<>();

  @Override
  public synchronized void accept(List<ReceivedSpan> batch) {
    spans.addAll(batch);
  }

  public synchronized void clear() {
    spans.clear();
  }

  public synchronized List<ReceivedSpan> spans() {
    return List.copyOf(spans);
  }

  /** The spans of each trace, the traces in the order of their first arrival. */
  public Map<String, List<ReceivedSpan>> traces() {
    Map<String, List<ReceivedSpan>> traces = new LinkedHashMap<>();
    for (ReceivedSpan span : spans()) {
      traces.computeIfAbsent(span.traceId(), id -> new ArrayList<>()).add(span);
    }
    return traces;
  }

  /** Spans that arrived more than once. */
  public List<ReceivedSpan> duplicates() {
    Set<String> seen = new HashSet<>();
    return spans().stream().filter(span -> !seen.add(span.traceId() + span.id())).toList();
  }

  /** Spans whose parent has not arrived. */
  public List<ReceivedSpan> orphans() {
    List<ReceivedSpan> all = spans();
    Map<String, ReceivedSpan> byId = new HashMap<>();
    all.forEach(span -> byId.put(span.traceId() + span.id(), span));
    return all.stream()
        .filter(span -> !span.parentId().isEmpty())
        .filter(span -> !byId.containsKey(span.traceId() + span.parentId()))
        .toList();
  }

  /** The traces as trees, for the message of a failed assertion. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    traces().values().forEach(trace -> text.append(new TraceTree(trace)));
    return text.toString();
  }
}
