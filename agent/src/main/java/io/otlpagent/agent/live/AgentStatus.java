package io.otlpagent.agent.live;

import io.otlpagent.agent.endpoint.HealthSource;
import io.otlpagent.agent.endpoint.ReadySource;
import io.otlpagent.agent.export.SpanExporter;
import io.otlpagent.agent.export.delivery.ExportStatistics;
import io.otlpagent.instrumentation.jdbc.DbConnectCall;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What health and readiness are judged by. Read by endpoint threads. */
public final class AgentStatus implements HealthSource, ReadySource {

  private final Thread exporterThread;
  private final LiveSettings settings;
  private final SpanExporter exporter;
  private final ExportStatistics statistics;

  private final List<HealthSource> others = new CopyOnWriteArrayList<>();

  public AgentStatus(
      Thread exporterThread,
      LiveSettings settings,
      SpanExporter exporter,
      ExportStatistics statistics) {
    this.exporterThread = exporterThread;
    this.settings = settings;
    this.exporter = exporter;
    this.statistics = statistics;
  }

  /** Has this be asked, too. */
  public void ask(HealthSource further) {
    others.add(further);
  }

  @Override
  public @Nullable String failure() {
    if (!exporterThread.isAlive()) {
      return "the thread " + exporterThread.getName() + " has died";
    }
    for (HealthSource other : others) {
      String failure = other.failure();
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  @Override
  public boolean started() {
    return exporter.running();
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
