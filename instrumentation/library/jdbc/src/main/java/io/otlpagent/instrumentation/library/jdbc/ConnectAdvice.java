package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.jdbc.DbConnectCall;
import io.otlpagent.instrumentation.jdbc.JdbcUrls;
import java.sql.Connection;
import java.util.Properties;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A driver opens a connection. */
public final class ConnectAdvice {

  private ConnectAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static DbConnectCall start(
      @Advice.Argument(0) @Nullable String url, @Advice.Argument(1) @Nullable Properties info) {
    return DbConnectCall.start(JdbcUrls.info(url, info));
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable DbConnectCall call,
      @Advice.Return @Nullable Connection connection,
      @Advice.Thrown @Nullable Throwable thrown) {
    Jdbc.connected(call, connection, thrown);
  }
}
