package io.otlpagent.agent.wiring;

import io.otlpagent.agent.buffer.BufferDirectory;
import io.otlpagent.agent.buffer.BufferSettings;
import io.otlpagent.agent.config.export.BufferConfig;
import io.otlpagent.agent.export.delivery.DeliveryContext;
import io.otlpagent.agent.export.delivery.DiskParking;
import io.otlpagent.agent.export.otlp.TraceRequestEncoder;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.agent.logging.AgentLog;
import io.otlpagent.agent.resource.Resource;
import java.io.File;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the disk buffer. Loaded only if there is to be one. */
public final class Buffers {

  private Buffers() {}

  /** Null, with a warning, if there is no place for it. */
  public static @Nullable DiskParking of(
      BufferConfig config,
      Resource resource,
      DeliveryContext context,
      SpanQueue queue,
      Supplier<TraceRequestEncoder> encoders) {
    File directory;
    try {
      directory =
          config.dir().isEmpty()
              ? BufferDirectory.standard()
              : new File(config.dir()).getAbsoluteFile();
    } catch (IOException e) {
      AgentLog.warn("no disk buffer; set buffer.dir: " + e);
      return null;
    }
    String service = resource.get("service.name");
    return new DiskParking(
        new BufferSettings(
            directory, service == null ? "" : service, config.maxBytes(), config.maxAgeMillis()),
        context,
        queue,
        encoders);
  }
}
