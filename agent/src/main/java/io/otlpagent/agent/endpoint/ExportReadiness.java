package io.otlpagent.agent.endpoint;

import io.otlpagent.agent.export.CollectorStatus;
import io.otlpagent.agent.export.ExportStatistics;
import io.otlpagent.agent.export.SpanExporter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Readiness as the exporter sees it; made when the instrumentation is installed. */
public final class ExportReadiness implements ReadySource {

  private final SpanExporter exporter;
  private final ExportStatistics statistics;
  private final Supplier<@Nullable Boolean> database;

  /**
   * @param database the outcome of the application's last JDBC connects; null if there were none
   */
  public ExportReadiness(
      SpanExporter exporter, ExportStatistics statistics, Supplier<@Nullable Boolean> database) {
    this.exporter = exporter;
    this.statistics = statistics;
    this.database = database;
  }

  @Override
  public boolean started() {
    return exporter.running();
  }

  @Override
  public @Nullable Boolean collector() {
    CollectorStatus.State state = statistics.collector().state();
    return state == CollectorStatus.State.UNKNOWN ? null : state == CollectorStatus.State.OK;
  }

  @Override
  public @Nullable Boolean database() {
    return database.get();
  }
}
