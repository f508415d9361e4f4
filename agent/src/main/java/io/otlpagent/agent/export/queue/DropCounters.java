package io.otlpagent.agent.export.queue;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many spans were dropped, by reason. Written by any thread, read by the endpoint. */
public final class DropCounters {

  // Not changed after construction.
  private final Map<DropReason, LongAdder> counters = new EnumMap<>(DropReason.class);

  public DropCounters() {
    for (DropReason reason : DropReason.values()) {
      counters.put(reason, new LongAdder());
    }
  }

  void add(DropReason reason, long spans) {
    counter(reason).add(spans);
  }

  long count(DropReason reason) {
    return counter(reason).sum();
  }

  @SuppressWarnings("NullAway") // There is one for each reason.
  private LongAdder counter(DropReason reason) {
    return counters.get(reason);
  }
}
