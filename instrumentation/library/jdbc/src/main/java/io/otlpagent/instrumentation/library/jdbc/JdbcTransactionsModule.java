package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.MethodAdvice;
import io.otlpagent.instrumentation.TypeInstrumentation;
import java.util.Collections;
import java.util.List;

/** Commits and rollbacks of JDBC connections, for those who want spans of them. */
public final class JdbcTransactionsModule extends InstrumentationModule {

  /** The setting that asks for it. */
  private static final String OPTION = "jdbc.transactions";

  public JdbcTransactionsModule() {
    super("jdbc", "jdbc-transactions");
  }

  @Override
  public String option() {
    return OPTION;
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Collections.singletonList(
        TypeInstrumentation.subtypesOf(
            "java.sql.Connection",
            MethodAdvice.on("commit", "()V").call("CommitAdvice"),
            MethodAdvice.on("rollback", "()V").call("RollbackAdvice"),
            MethodAdvice.on("rollback", "(Ljava/sql/Savepoint;)V").call("RollbackAdvice")));
  }
}
