package io.otlpagent.agent.buffer;

import io.otlpagent.agent.logging.AgentLog;
import java.io.File;

/** Says once that the disk fails, and once that it works again. */
final class BufferRemark {

  private final File directory;
  private boolean failing;

  BufferRemark(File directory) {
    this.directory = directory;
  }

  void fails(String what, Exception cause) {
    if (!failing) {
      failing = true;
      AgentLog.warn(what + " on disk, in " + directory + ": " + cause);
    }
  }

  void works() {
    if (failing) {
      failing = false;
      AgentLog.info("spans are kept on disk again, in " + directory);
    }
  }
}
