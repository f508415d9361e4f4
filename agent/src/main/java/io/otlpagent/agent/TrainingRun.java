package io.otlpagent.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes a JVM that records a class archive for later runs. The agent weaves nothing in it: an
 * AOT cache that was trained on woven classes crashes the JVM that uses it.
 */
final class TrainingRun {

  private static final String XX = "-XX:";

  private static final String[] OPTIONS = {
    "-XX:AOTMode=record",
    "-XX:AOTMode=create",
    "-XX:AOTCacheOutput",
    "-XX:AOTConfiguration",
    "-XX:ArchiveClassesAtExit",
    "-XX:DumpLoadedClassList",
    "-XX:+RecordDynamicDumpInfo",
    "-XX:+DynamicDumpSharedSpaces",
    "-XX:+DumpSharedSpaces",
    "-Xshare:dump",
  };

  private TrainingRun() {}

  /**
   * The option that makes this a training run; null if none does.
   *
   * @param jvmOptions as the JVM lists them: options of the command line, of argument and option
   *     files and of environment variables as they are; those of a file that {@code -XX:Flags}
   *     names without their {@code -XX:} before JDK 27
   */
  static @Nullable String option(List<String> jvmOptions) {
    for (String option : jvmOptions) {
      for (String training : OPTIONS) {
        if (option.startsWith(training)
            || (training.startsWith(XX) && option.startsWith(training.substring(XX.length())))) {
          return option;
        }
      }
    }
    return null;
  }
}
