package io.otlpagent.agent.buffer;

import java.util.EnumMap;
import java.util.Map;

/** Counts what a buffer says. */
final class Books implements BufferBooks {

  int recovered;
  final Map<BufferLoss, Integer> lost = new EnumMap<>(BufferLoss.class);

  @Override
  public void recovered(int spans) {
    recovered += spans;
  }

  @Override
  public void lost(BufferLoss loss, int spans) {
    lost.merge(loss, spans, Integer::sum);
  }

  int lost(BufferLoss loss) {
    return lost.getOrDefault(loss, 0);
  }

  int lost() {
    return lost.values().stream().mapToInt(Integer::intValue).sum();
  }
}
