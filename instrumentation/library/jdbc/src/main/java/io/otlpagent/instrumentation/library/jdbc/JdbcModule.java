package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.MethodAdvice;
import io.otlpagent.instrumentation.TypeInstrumentation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** JDBC 3 and newer: drivers, data sources, connections and statements. */
public final class JdbcModule extends InstrumentationModule {

  /** The setting that asks for the trace in statements. */
  private static final String COMMENT_OPTION = "jdbc.sqlcommenter";

  private static final String STRING = "Ljava/lang/String;";
  private static final String CONNECTION = ")Ljava/sql/Connection;";

  /** What may follow the text in execute and executeUpdate: keys that the database makes. */
  private static final String[] KEYS = {"", "I", "[I", "[" + STRING};

  /** What may follow the text in prepareStatement: kinds of results too. */
  private static final String[] PREPARED = {"", "I", "[I", "[" + STRING, "II", "III"};

  private static final String[] RESULTS = {"", "II", "III"};

  public JdbcModule() {
    super("jdbc", "jdbc");
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Arrays.asList(
        TypeInstrumentation.subtypesOf(
            "java.sql.Driver",
            MethodAdvice.on("connect", "(" + STRING + "Ljava/util/Properties;" + CONNECTION)
                .call("ConnectAdvice")),
        TypeInstrumentation.subtypesOf(
            "javax.sql.DataSource",
            MethodAdvice.on("getConnection", "(" + CONNECTION).call("DataSourceAdvice"),
            MethodAdvice.on("getConnection", "(" + STRING + STRING + CONNECTION)
                .call("DataSourceAdvice")),
        pooledSource("javax.sql.XADataSource", "getXAConnection", "XAConnection"),
        pooledSource(
            "javax.sql.ConnectionPoolDataSource", "getPooledConnection", "PooledConnection"),
        TypeInstrumentation.subtypesOf(
            "javax.sql.PooledConnection",
            MethodAdvice.on("getConnection", "(" + CONNECTION).call("LendAdvice")),
        TypeInstrumentation.subtypesOf("java.sql.Connection", connection()),
        TypeInstrumentation.subtypesOf("java.sql.Statement", statement()),
        TypeInstrumentation.subtypesOf("java.sql.PreparedStatement", preparedStatement()),
        // SQLite declares its methods above the classes that implement the interfaces.
        TypeInstrumentation.named("org.sqlite.jdbc3.JDBC3Statement", statement()),
        TypeInstrumentation.named("org.sqlite.jdbc3.JDBC3PreparedStatement", preparedStatement()));
  }

  private static TypeInstrumentation pooledSource(String type, String method, String opened) {
    String result = ")Ljavax/sql/" + opened + ";";
    return TypeInstrumentation.subtypesOf(
        type,
        MethodAdvice.on(method, "(" + result).call("PooledSourceAdvice"),
        MethodAdvice.on(method, "(" + STRING + STRING + result).call("PooledSourceAdvice"));
  }

  /** A method with the text of a statement, which gets a comment if somebody asks for it. */
  private static void addText(
      List<MethodAdvice> methods, MethodAdvice.Target method, String advice) {
    methods.add(method.call(advice).without(COMMENT_OPTION));
    methods.add(method.call("Commented" + advice).with(COMMENT_OPTION));
  }

  private static MethodAdvice[] connection() {
    List<MethodAdvice> methods = new ArrayList<>();
    for (String kind : RESULTS) {
      methods.add(
          MethodAdvice.on("createStatement", "(" + kind + ")Ljava/sql/Statement;")
              .call("CreateStatementAdvice"));
      addText(
          methods,
          MethodAdvice.on("prepareCall", "(" + STRING + kind + ")Ljava/sql/CallableStatement;"),
          "PrepareAdvice");
    }
    methods.add(MethodAdvice.on("close", "()V").call("CloseConnectionAdvice").companion());
    methods.add(
        MethodAdvice.on("setCatalog", "(" + STRING + ")V").call("SetCatalogAdvice").companion());
    methods.add(
        MethodAdvice.on("setSchema", "(" + STRING + ")V").call("SetSchemaAdvice").companion());
    for (String kind : PREPARED) {
      addText(
          methods,
          MethodAdvice.on(
              "prepareStatement", "(" + STRING + kind + ")Ljava/sql/PreparedStatement;"),
          "PrepareAdvice");
    }
    return methods.toArray(new MethodAdvice[0]);
  }

  private static MethodAdvice[] statement() {
    List<MethodAdvice> methods = new ArrayList<>();
    addText(
        methods,
        MethodAdvice.on("executeQuery", "(" + STRING + ")Ljava/sql/ResultSet;"),
        "StatementAdvice");
    for (String keys : KEYS) {
      String text = "(" + STRING + keys + ")";
      addText(methods, MethodAdvice.on("execute", text + "Z"), "StatementAdvice");
      addText(methods, MethodAdvice.on("executeUpdate", text + "I"), "StatementAdvice");
      addText(methods, MethodAdvice.on("executeLargeUpdate", text + "J"), "StatementAdvice");
    }
    methods.add(MethodAdvice.on("executeBatch", "()[I").call("BatchAdvice"));
    methods.add(MethodAdvice.on("executeLargeBatch", "()[J").call("BatchAdvice"));
    addText(methods, MethodAdvice.on("addBatch", "(" + STRING + ")V"), "AddBatchAdvice");
    methods.add(MethodAdvice.on("clearBatch", "()V").call("ClearBatchAdvice"));
    methods.add(MethodAdvice.on("close", "()V").call("CloseStatementAdvice").companion());
    return methods.toArray(new MethodAdvice[0]);
  }

  private static MethodAdvice[] preparedStatement() {
    return new MethodAdvice[] {
      MethodAdvice.on("execute", "()Z").call("PreparedAdvice"),
      MethodAdvice.on("executeQuery", "()Ljava/sql/ResultSet;").call("PreparedAdvice"),
      MethodAdvice.on("executeUpdate", "()I").call("PreparedAdvice"),
      MethodAdvice.on("executeLargeUpdate", "()J").call("PreparedAdvice"),
      MethodAdvice.on("addBatch", "()V").call("AddParametersAdvice"),
    };
  }
}
