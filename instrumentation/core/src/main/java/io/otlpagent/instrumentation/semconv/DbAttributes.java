package io.otlpagent.instrumentation.semconv;

import io.otlpagent.instrumentation.trace.attribute.AttributeKey;

/**
 * Names of attributes of database spans and metrics.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/db/">Database
 *     attributes</a>
 */
public final class DbAttributes {

  public static final AttributeKey DB_SYSTEM_NAME = AttributeKey.of("db.system.name");
  public static final AttributeKey DB_NAMESPACE = AttributeKey.of("db.namespace");
  public static final AttributeKey DB_OPERATION_NAME = AttributeKey.of("db.operation.name");
  public static final AttributeKey DB_QUERY_TEXT = AttributeKey.of("db.query.text");
  public static final AttributeKey DB_QUERY_SUMMARY = AttributeKey.of("db.query.summary");
  public static final AttributeKey DB_RESPONSE_STATUS_CODE =
      AttributeKey.of("db.response.status_code");
  public static final AttributeKey DB_OPERATION_BATCH_SIZE =
      AttributeKey.of("db.operation.batch.size");
  public static final AttributeKey DB_STORED_PROCEDURE_NAME =
      AttributeKey.of("db.stored_procedure.name");

  private DbAttributes() {}
}
