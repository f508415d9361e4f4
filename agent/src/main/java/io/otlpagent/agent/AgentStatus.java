package io.otlpagent.agent;

import io.otlpagent.agent.endpoint.HealthSource;
import io.otlpagent.agent.endpoint.ReadySource;
import io.otlpagent.agent.export.ExportStatistics;
import io.otlpagent.instrumentation.semconv.DbConnectCall;
import org.jspecify.annotations.Nullable;

/** What health and readiness are judged by. Read by endpoint threads. */
final class AgentStatus implements HealthSource, ReadySource {

  private final Thread exporterThread;
  private final LiveSettings settings;
  private final ExportStatistics statistics;

  AgentStatus(Thread exporterThread, LiveSettings settings, ExportStatistics statistics) {
    this.exporterThread = exporterThread;
    this.settings = settings;
    this.statistics = statistics;
  }

  @Override
  public @Nullable String failure() {
    return exporterThread.isAlive() ? null : "the exporter's thread has died";
  }

  @Override
  public boolean started() {
    return settings.exporterRuns();
  }

  @Override
  public boolean paused() {
    return settings.paused();
  }

  @Override
  public @Nullable Boolean collector() {
    if (!settings.config().atStart().otlp().exporters().collector()) {
      return null;
    }
    return statistics.collector().reachable(System.currentTimeMillis());
  }

  @Override
  public @Nullable Boolean database() {
    return DbConnectCall.lastSucceeded();
  }
}
