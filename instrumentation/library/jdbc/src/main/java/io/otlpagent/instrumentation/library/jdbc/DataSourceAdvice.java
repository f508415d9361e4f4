package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.jdbc.DbConnectCall;
import io.otlpagent.instrumentation.semconv.db.DbInfo;
import java.sql.Connection;
import javax.sql.DataSource;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A data source opens a connection, or a pool lends one. */
public final class DataSourceAdvice {

  private DataSourceAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static DbConnectCall start() {
    return DbConnectCall.start(DbInfo.UNKNOWN);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable DbConnectCall call,
      @Advice.This DataSource dataSource,
      @Advice.Return @Nullable Connection connection,
      @Advice.Thrown @Nullable Throwable thrown) {
    Jdbc.connected(call, dataSource, connection, thrown);
  }
}
