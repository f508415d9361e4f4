package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.jdbc.DbConnectCall;
import io.otlpagent.instrumentation.semconv.db.DbInfo;
import javax.sql.CommonDataSource;
import javax.sql.PooledConnection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A data source of XA or of a pool opens what lends connections later. */
public final class PooledSourceAdvice {

  private PooledSourceAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static DbConnectCall start() {
    return DbConnectCall.start(DbInfo.UNKNOWN);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable DbConnectCall call,
      @Advice.This CommonDataSource dataSource,
      @Advice.Return @Nullable PooledConnection connection,
      @Advice.Thrown @Nullable Throwable thrown) {
    Jdbc.connected(call, dataSource, connection, thrown);
  }
}
