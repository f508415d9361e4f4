package io.otlpagent.instrumentation.semconv.db;

import io.otlpagent.instrumentation.metrics.Histogram;
import io.otlpagent.instrumentation.semconv.DurationHistograms;
import io.otlpagent.instrumentation.semconv.sql.SqlQuery;
import io.otlpagent.instrumentation.trace.attribute.AttributeBlock;
import org.jspecify.annotations.Nullable;

/**
 * A query against a database: all that is the same each time it is executed, with its series of the
 * duration histogram at hand. Immutable but for what it remembers; any thread.
 */
public final class DbOperation {

  private final DbInfo info;
  private final DbQuery executed;
  private final SqlQuery query;
  private final AttributeBlock attributes;
  private final AttributeBlock attributesAsWritten;

  // Written by whoever needs it first; two threads may write the same value.
  private Histogram.@Nullable Series successes;

  DbOperation(DbInfo info, DbQuery executed) {
    this.info = info;
    this.executed = executed;
    this.query = executed.query();
    this.attributes = new DbAttributeBlock(info, query, false);
    this.attributesAsWritten = new DbAttributeBlock(info, query, true);
  }

  public DbInfo info() {
    return info;
  }

  public DbQuery executed() {
    return executed;
  }

  public SqlQuery query() {
    return query;
  }

  /** Where the text leaves its connection; null if it leaves it where it was. */
  @Nullable DbNamespace moves() {
    return executed.moves();
  }

  /**
   * The series of an outcome.
   *
   * @param errorType null for success
   */
  public Histogram.Series series(@Nullable String statusCode, @Nullable String errorType) {
    if (errorType != null) {
      return find(statusCode, errorType);
    }
    Histogram.Series series = successes;
    if (series == null) {
      series = find(null, null);
      successes = series;
    }
    return series;
  }

  private Histogram.Series find(@Nullable String statusCode, @Nullable String errorType) {
    String summary = query.summary();
    int port = info.serverPort();
    return DurationHistograms.DB_CLIENT.series(
        info.systemName(),
        info.namespace(),
        query.operationName(),
        summary.isEmpty() ? null : summary,
        query.storedProcedure(),
        statusCode,
        errorType,
        info.serverAddress(),
        port < 0 ? null : Long.valueOf(port));
  }

  /**
   * The attributes that all its spans have.
   *
   * @param asWritten whether the text may keep its literals
   */
  AttributeBlock attributes(boolean asWritten) {
    return asWritten ? attributesAsWritten : attributes;
  }

  /** The name of its spans. */
  String name() {
    if (!query.summary().isEmpty()) {
      return query.summary();
    }
    String operation = query.operationName();
    String target = target();
    if (operation != null) {
      return target == null ? operation : operation + " " + target;
    }
    return target == null ? info.systemName() : target;
  }

  private @Nullable String target() {
    String address = info.serverAddress();
    if (info.namespace() != null || address == null) {
      return info.namespace();
    }
    return info.serverPort() < 0 ? address : address + ":" + info.serverPort();
  }
}
