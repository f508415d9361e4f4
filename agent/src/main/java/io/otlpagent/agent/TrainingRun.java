package io.otlpagent.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes a JVM that records a class archive for later runs. The agent weaves nothing in it: an
 * AOT cache that was trained on woven classes crashes the JVM that uses it.
 */
final class TrainingRun {

  private static final String[] OPTIONS = {
    "-XX:AOTMode=record",
    "-XX:AOTMode=create",
    "-XX:AOTCacheOutput",
    "-XX:AOTConfiguration",
    "-XX:ArchiveClassesAtExit",
    "-XX:DumpLoadedClassList",
    "-XX:+RecordDynamicDumpInfo",
    "-Xshare:dump",
  };

  private TrainingRun() {}

  /** The option that makes this a training run; null if none does. */
  static @Nullable String option(List<String> jvmOptions) {
    for (String option : jvmOptions) {
      for (String training : OPTIONS) {
        if (option.startsWith(training)) {
          return option;
        }
      }
    }
    return null;
  }
}
