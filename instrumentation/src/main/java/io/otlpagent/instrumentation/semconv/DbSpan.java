package io.otlpagent.instrumentation.semconv;

import io.otlpagent.instrumentation.trace.AttributeWriter;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * One call of a database.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/database/database-spans/">Semantic
 *     conventions for database client calls</a>
 */
public class DbSpan extends Span {

  /** The call is no batch. */
  static final int NO_BATCH = -1;

  private final boolean prepared;
  private final int batchSize;

  // Written by the thread of the call; a nested call may know more.
  private DbOperation operation;
  private @Nullable DbStatement statement;
  private @Nullable String statusCode;

  DbSpan(InstrumentationScope scope, DbStatement statement, DbOperation operation, int batchSize) {
    super(scope, SpanKind.CLIENT);
    this.statement = statement;
    this.prepared = statement.isPrepared();
    this.operation = operation;
    this.batchSize = batchSize;
  }

  DbOperation operation() {
    return operation;
  }

  /** Whether a call inside this one can tell what this one does not know. */
  boolean lacks() {
    return !operation.info().known();
  }

  /** Completes what is known by what a call inside this one knows. */
  void complete(DbInfo info) {
    if (!info.known()) {
      return;
    }
    SqlQuery query = operation.query();
    if (batchSize == NO_BATCH && query.operationName() == null) {
      // The dialect is known only now.
      query = SqlQueries.of(query.sql(), info.system().dialect());
    }
    operation = query.operation(info);
    DbStatement learner = statement;
    if (learner != null) {
      learner.connection().learn(info);
    }
  }

  @Nullable String statusCode() {
    return statusCode;
  }

  void failBy(@Nullable String statusCode, String errorType, Throwable thrown) {
    this.statusCode = statusCode;
    failBy(errorType, thrown);
  }

  /** Lets go of what only the call needs, before the span waits for its export. */
  void release() {
    statement = null;
  }

  @Override
  public String name() {
    return operation.name();
  }

  @Override
  public void writeAttributes(AttributeWriter writer) {
    writer.put(operation.attributes(keepsText()));
    writer.put(DbAttributes.DB_RESPONSE_STATUS_CODE, statusCode);
    writer.put(HttpAttributes.ERROR_TYPE, errorType());
    if (batchSize >= 0) {
      writer.put(DbAttributes.DB_OPERATION_BATCH_SIZE, batchSize);
    }
    PeerServices services = SemconvSettings.installed().peerServices();
    if (services != null) {
      DbInfo info = operation.info();
      writer.put(
          HttpAttributes.PEER_SERVICE, services.name(info.serverAddress(), info.port(), null));
    }
  }

  /** Whether the text may be told as it was written. */
  private boolean keepsText() {
    return prepared
        && operation.query().parameterized()
        && !SemconvSettings.installed().sanitizeSqlLiterals();
  }
}
