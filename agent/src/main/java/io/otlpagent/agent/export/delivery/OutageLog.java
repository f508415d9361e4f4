package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.logging.AgentLog;
import java.io.File;

/** Says when spans begin to go to disk, and when the last of them is gone from there. */
final class OutageLog {

  private final String destination;
  private final File directory;
  private boolean outage;
  private boolean replaying;

  OutageLog(String destination, File directory) {
    this.destination = destination;
    this.directory = directory;
  }

  void begins(ExportResult result) {
    if (!outage) {
      outage = true;
      AgentLog.warn(
          "export to "
              + destination
              + " failed, spans are kept on disk in "
              + directory
              + " until it works again: "
              + result.message());
    }
  }

  void ends(long onDisk) {
    if (outage) {
      outage = false;
      AgentLog.info(
          "export to " + destination + " works again, " + onDisk + " spans on disk are to be sent");
    }
    if (onDisk > 0) {
      replaying = true;
    } else if (replaying) {
      replaying = false;
      AgentLog.info("no spans are left on disk");
    }
  }
}
