package io.otlpagent.instrumentation.semconv.db;

import io.otlpagent.instrumentation.semconv.DbAttributes;
import io.otlpagent.instrumentation.semconv.HttpAttributes;
import io.otlpagent.instrumentation.semconv.sql.SqlQuery;
import io.otlpagent.instrumentation.trace.attribute.AttributeBlock;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;

/** The attributes that all executions of one query have in common. Used by the exporter thread. */
final class DbAttributeBlock extends AttributeBlock {

  private final DbInfo info;
  private final SqlQuery query;
  private final boolean asWritten;

  DbAttributeBlock(DbInfo info, SqlQuery query, boolean asWritten) {
    this.info = info;
    this.query = query;
    this.asWritten = asWritten;
  }

  @Override
  public void writeTo(AttributeWriter writer) {
    writer.put(DbAttributes.DB_SYSTEM_NAME, info.systemName());
    writer.put(DbAttributes.DB_NAMESPACE, info.namespace());
    writer.put(DbAttributes.DB_OPERATION_NAME, query.operationName());
    writer.put(DbAttributes.DB_QUERY_TEXT, asWritten ? query.rawText() : query.text());
    writer.put(DbAttributes.DB_QUERY_SUMMARY, query.summary());
    writer.put(DbAttributes.DB_STORED_PROCEDURE_NAME, query.storedProcedure());
    writer.put(HttpAttributes.SERVER_ADDRESS, info.serverAddress());
    if (info.serverPort() >= 0) {
      writer.put(HttpAttributes.SERVER_PORT, info.serverPort());
    }
  }
}
