package io.otlpagent.instrumentation.semconv.db;

import io.otlpagent.instrumentation.semconv.DbAttributes;
import io.otlpagent.instrumentation.semconv.HttpAttributes;
import io.otlpagent.instrumentation.semconv.PeerServices;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.semconv.http.HttpServerSpan;
import io.otlpagent.instrumentation.semconv.redaction.ExceptionRedaction;
import io.otlpagent.instrumentation.semconv.redaction.FailedQuery;
import io.otlpagent.instrumentation.semconv.sql.SqlDialect;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import io.otlpagent.instrumentation.trace.exception.SpanException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One call of a database.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/database/database-spans/">Semantic
 *     conventions for database client calls</a>
 */
public class DbSpan extends Span {

  /** The call is no batch. */
  public static final int NO_BATCH = -1;

  private static final AtomicReferenceFieldUpdater<DbSpan, @Nullable DbExtras> EXTRAS =
      AtomicReferenceFieldUpdater.newUpdater(DbSpan.class, DbExtras.class, "extras");

  private final boolean prepared;
  private final int batchSize;

  // Written by the thread of the call; a nested call may know more.
  private DbOperation operation;
  private @Nullable DbConnection connection;

  // Made by whichever thread needs it first; null for most calls.
  private volatile @Nullable DbExtras extras;

  /**
   * @param prepared whether the text was given when the statement was made
   * @param batchSize {@link #NO_BATCH} if the call is none
   */
  public DbSpan(
      InstrumentationScope scope,
      DbConnection connection,
      boolean prepared,
      DbOperation operation,
      int batchSize) {
    super(scope, SpanKind.CLIENT);
    this.connection = connection;
    this.prepared = prepared;
    this.operation = operation;
    this.batchSize = batchSize;
    this.extras = operation.info().located() ? null : new DbExtras(true);
  }

  public DbOperation operation() {
    return operation;
  }

  /** Whether a call inside this one can tell what this one does not know. */
  public boolean lacks() {
    return open() || DbConnection.anyMoved();
  }

  /** Whether it is left to the calls inside this one where it is executed. */
  private boolean open() {
    DbExtras known = extras;
    return known != null && known.open;
  }

  /** Whether the call of a statement inside this one is of interest. */
  public boolean asks(Object inner) {
    if (operation.moves() != null) {
      extras().innermost = inner;
    }
    return lacks();
  }

  /** Completes what is known by what a call inside this one knows. */
  public void complete(DbInfo info) {
    DbInfo before = operation.info();
    if (!info.known() || (before.known() && !info.located())) {
      return;
    }
    DbInfo executes = executing(info);
    DbQuery query = operation.executed();
    if (info.system().dialect() != before.system().dialect()
        && query.query().operationName() == null) {
      // The dialect is known only now.
      query = read(query, info.system().dialect());
    }
    operation = query.operation(executes);
    DbExtras known = extras;
    if (known != null && known.several() && executes.located()) {
      // Another thread has said so meanwhile.
      operation = query.operation(info.systemOnly());
    }
    DbConnection learner = connection;
    if (learner != null) {
      learner.learn(info);
    }
  }

  /**
   * Where the call is executed, now that a call inside it has told. Executed by several databases
   * there is none that could be named; but one that is called inside another one knows better where
   * both have been moved.
   */
  private DbInfo executing(DbInfo info) {
    if (!open() || !info.located() || DbConnection.anyMoved()) {
      return info;
    }
    return extras().executing(info);
  }

  /** The query in another dialect. */
  DbQuery read(DbQuery query, SqlDialect dialect) {
    return DbQueries.of(query.query().sql(), dialect);
  }

  /**
   * The call has succeeded: its text may have moved its connection.
   *
   * @return the statement inside this one whose connection was moved too; null if there is none
   */
  public @Nullable Object movedInside() {
    DbNamespace to = operation.moves();
    DbConnection moving = connection;
    if (to == null || moving == null) {
      return null;
    }
    moving.move(to);
    DbExtras known = extras;
    return known == null ? null : known.innermost;
  }

  /** Where the text leaves its connection; null if it leaves it where it was. */
  public @Nullable DbNamespace moves() {
    return operation.moves();
  }

  public @Nullable String statusCode() {
    DbExtras known = extras;
    return known == null ? null : known.statusCode;
  }

  private DbExtras extras() {
    DbExtras known = extras;
    if (known != null) {
      return known;
    }
    DbExtras made = new DbExtras(false);
    return EXTRAS.compareAndSet(this, null, made) ? made : Objects.requireNonNull(extras);
  }

  void failBy(@Nullable String statusCode, String errorType, Throwable thrown) {
    if (statusCode != null) {
      extras().statusCode = statusCode;
    }
    failBy(errorType, thrown);
    SpanException recorded = thrownException();
    Span root = localRoot();
    if (recorded != null && root instanceof HttpServerSpan) {
      ((HttpServerSpan) root).failed(operation.query().sql(), dialect(), recorded);
    }
  }

  /** Lets go of what only the call needs, before the span waits for its export. */
  public void release() {
    connection = null;
    DbExtras known = extras;
    if (known != null) {
      known.release();
    }
  }

  @Override
  protected SpanException shown(SpanException thrown) {
    FailedQuery failed = new FailedQuery(operation.query().sql(), dialect(), thrown, null);
    return ExceptionRedaction.ofDatabase(thrown, failed);
  }

  private SqlDialect dialect() {
    return operation.info().system().dialect();
  }

  @Override
  public String name() {
    return operation.name();
  }

  @Override
  public void writeAttributes(AttributeWriter writer) {
    writer.put(operation.attributes(keepsText()));
    writer.put(DbAttributes.DB_RESPONSE_STATUS_CODE, statusCode());
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
