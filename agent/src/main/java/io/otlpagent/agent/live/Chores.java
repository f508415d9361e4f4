package io.otlpagent.agent.live;

import io.otlpagent.agent.logging.AgentLog;
import io.otlpagent.instrumentation.indy.AdviceErrors;
import io.otlpagent.instrumentation.jdbc.DbConnections;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.transform.TransformCounts;
import io.otlpagent.instrumentation.util.WeakTables;

/** What the exporter's thread does every few seconds beside exporting. */
public final class Chores implements Runnable {

  private final TimeSource time;
  private final TransformCounts transformed;
  private long adviceErrors;
  private long failedLinks;
  private long failedClasses;
  private long refusedClasses;

  public Chores(TimeSource time, TransformCounts transformed) {
    this.time = time;
    this.transformed = transformed;
  }

  @Override
  public void run() {
    time.resynchronize();
    Tracer tracer = Tracer.ending();
    if (tracer != null) {
      tracer.sweepHeld();
    }
    DbConnections.letGo();
    WeakTables.cleanAll();
    if (AdviceErrors.adviceErrors() != adviceErrors) {
      adviceErrors = AdviceErrors.adviceErrors();
      AgentLog.warn(adviceErrors + " errors in advice; the last one: " + AdviceErrors.lastError());
    }
    if (AdviceErrors.failedLinks() != failedLinks) {
      failedLinks = AdviceErrors.failedLinks();
      AgentLog.warn(
          "call sites disabled because the library version is not supported; the last: "
              + AdviceErrors.lastFailedLink());
    }
    if (transformed.classesFailed() != failedClasses) {
      failedClasses = transformed.classesFailed();
      AgentLog.warn(
          "a class could not be instrumented, completely or in part, and runs unchanged: "
              + transformed.lastFailure());
    }
    if (transformed.classesRefused() != refusedClasses) {
      refusedClasses = transformed.classesRefused();
      AgentLog.warn(
          refusedClasses
              + " classes were loaded before the agent and cannot be changed; the last: "
              + transformed.lastRefused());
    }
  }
}
