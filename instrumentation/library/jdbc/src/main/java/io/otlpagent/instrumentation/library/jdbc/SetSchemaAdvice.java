package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.jdbc.DbConnections;
import io.otlpagent.instrumentation.semconv.db.DbNamespace;
import java.sql.Connection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A connection is moved to another schema. */
public final class SetSchemaAdvice {

  private SetSchemaAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable String start(@Advice.Argument(0) @Nullable String name) {
    return name;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void end(@Advice.Enter @Nullable String name, @Advice.This Connection connection) {
    DbConnections.moved(connection, DbNamespace.schema(name));
  }
}
