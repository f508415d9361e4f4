package io.otlpagent.instrumentation.library.jdbcparameters;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.MethodAdvice;
import io.otlpagent.instrumentation.TypeInstrumentation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The parameters of prepared statements, for those who want them in spans. */
public final class JdbcQueryParametersModule extends InstrumentationModule {

  /** The setting that asks for it. */
  private static final String OPTION = "jdbc.query_parameters";

  private static final String OBJECT = "Ljava/lang/Object;";
  private static final String STRING = "Ljava/lang/String;";
  private static final String CALENDAR = "Ljava/util/Calendar;";
  private static final String SQL_TYPE = "Ljava/sql/SQLType;";
  private static final String INPUT = "Ljava/io/InputStream;";
  private static final String READER = "Ljava/io/Reader;";

  /**
   * A method, and what may follow the index or the name. What has no short text is here too: it
   * takes the place of what was set before.
   */
  private static final String[][] SETTERS = {
    {"setBoolean", "Z"},
    {"setByte", "B"},
    {"setShort", "S"},
    {"setInt", "I"},
    {"setLong", "J"},
    {"setFloat", "F"},
    {"setDouble", "D"},
    {"setBigDecimal", "Ljava/math/BigDecimal;"},
    {"setString", STRING},
    {"setNString", STRING},
    {"setDate", "Ljava/sql/Date;", "Ljava/sql/Date;" + CALENDAR},
    {"setTime", "Ljava/sql/Time;", "Ljava/sql/Time;" + CALENDAR},
    {"setTimestamp", "Ljava/sql/Timestamp;", "Ljava/sql/Timestamp;" + CALENDAR},
    {"setURL", "Ljava/net/URL;"},
    {"setObject", OBJECT, OBJECT + "I", OBJECT + "II", OBJECT + SQL_TYPE, OBJECT + SQL_TYPE + "I"},
    {"setBytes", "[B"},
    {"setArray", "Ljava/sql/Array;"},
    {"setRef", "Ljava/sql/Ref;"},
    {"setRowId", "Ljava/sql/RowId;"},
    {"setSQLXML", "Ljava/sql/SQLXML;"},
    {"setAsciiStream", INPUT, INPUT + "I", INPUT + "J"},
    {"setUnicodeStream", INPUT + "I"},
    {"setBinaryStream", INPUT, INPUT + "I", INPUT + "J"},
    {"setCharacterStream", READER, READER + "I", READER + "J"},
    {"setNCharacterStream", READER, READER + "J"},
    {"setBlob", "Ljava/sql/Blob;", INPUT, INPUT + "J"},
    {"setClob", "Ljava/sql/Clob;", READER, READER + "J"},
    {"setNClob", "Ljava/sql/NClob;", READER, READER + "J"},
  };

  public JdbcQueryParametersModule() {
    super("jdbc", "jdbc-query-parameters");
  }

  @Override
  public String option() {
    return OPTION;
  }

  @Override
  public List<TypeInstrumentation> types() {
    List<MethodAdvice> indexed = setters("I", "SetParameterAdvice", "SetNullAdvice");
    indexed.add(MethodAdvice.on("clearParameters", "()V").call("ClearParametersAdvice"));
    List<MethodAdvice> named = setters(STRING, "SetNamedParameterAdvice", "SetNamedNullAdvice");
    return Arrays.asList(
        TypeInstrumentation.subtypesOf(
            "java.sql.PreparedStatement", indexed.toArray(new MethodAdvice[0])),
        TypeInstrumentation.subtypesOf(
            "java.sql.CallableStatement", named.toArray(new MethodAdvice[0])),
        // SQLite declares its methods above the classes that implement the interfaces.
        TypeInstrumentation.named(
            "org.sqlite.jdbc3.JDBC3PreparedStatement", indexed.toArray(new MethodAdvice[0])));
  }

  private static List<MethodAdvice> setters(String key, String advice, String nullAdvice) {
    List<MethodAdvice> methods = new ArrayList<>();
    for (String[] setter : SETTERS) {
      for (int i = 1; i < setter.length; i++) {
        methods.add(MethodAdvice.on(setter[0], "(" + key + setter[i] + ")V").call(advice));
      }
    }
    methods.add(MethodAdvice.on("setNull", "(" + key + "I)V").call(nullAdvice));
    methods.add(MethodAdvice.on("setNull", "(" + key + "I" + STRING + ")V").call(nullAdvice));
    return methods;
  }
}
