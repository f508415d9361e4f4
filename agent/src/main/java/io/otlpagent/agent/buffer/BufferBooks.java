package io.otlpagent.agent.buffer;

/** Who keeps count of the spans on disk. Called by the thread that uses the buffer. */
public interface BufferBooks {

  /** That many spans, left behind by a JVM that has ended, are on disk from now on. */
  void recovered(int spans);

  /** That many spans are no longer on disk and will never be sent. */
  void lost(BufferLoss loss, int spans);
}
