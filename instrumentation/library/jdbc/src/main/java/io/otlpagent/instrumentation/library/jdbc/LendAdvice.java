package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.jdbc.DbConnectCall;
import java.sql.Connection;
import javax.sql.PooledConnection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A connection of XA or of a pool lends a handle of itself. */
public final class LendAdvice {

  private LendAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static DbConnectCall start(@Advice.This PooledConnection pooled) {
    return DbConnectCall.start(DbConnectCall.told(pooled));
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable DbConnectCall call,
      @Advice.Return @Nullable Connection connection,
      @Advice.Thrown @Nullable Throwable thrown) {
    Jdbc.connected(call, connection, thrown);
  }
}
