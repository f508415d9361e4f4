/**
 * What a SQL text says: its tokens in each dialect, the text without literals, the summary. Knows
 * no database and no API. Called once for each text that is kept, on application threads.
 */
package io.otlpagent.instrumentation.semconv.sql;
