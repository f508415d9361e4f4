package io.otlpagent.agent.export.delivery;

/**
 * What the operator changes while the exporter runs. Changed by chores, on the exporter thread,
 * which looks at it between exports and while a retry is waited for.
 */
public final class ExporterControl {

  private volatile ExporterSettings settings;
  private volatile boolean suspended;

  public ExporterControl(ExporterSettings settings) {
    this.settings = settings;
  }

  public ExporterSettings settings() {
    return settings;
  }

  /** Takes other settings from the next attempt on; the size of a batch is limited by the queue. */
  public void apply(ExporterSettings changed) {
    settings = changed;
  }

  /** Whether nothing is to be exported, and what waits for a retry is given up. */
  public boolean suspended() {
    return suspended;
  }

  public void suspend(boolean suspend) {
    suspended = suspend;
  }
}
