package io.otlpagent.smoke.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What Linux tells about a process. */
public final class ProcStat {

  /** USER_HZ: 100 on every architecture that has a JDK. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  private final Path folder;

  public ProcStat(long pid) {
    this.folder = Path.of("/proc", Long.toString(pid));
  }

  public double cpuSeconds() throws IOException {
    return cpuSeconds(Files.readString(folder.resolve("stat")));
  }

  /**
   * CPU of the threads that live and whose name begins so; the kernel knows 15 characters of it.
   */
  public double cpuSecondsOfThreads(String... prefixes) throws IOException {
    double sum = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(folder.resolve("task"))) {
      for (Path thread : threads) {
        sum += cpuSeconds(thread, prefixes);
      }
    }
    return sum;
  }

  /** Resident set size in MiB. */
  public double rssMebibytes() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("status"));
    for (String line : lines) {
      if (line.startsWith("VmRSS:")) {
        return Integer.parseInt(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("no VmRSS for " + folder);
  }

  private static double cpuSeconds(Path thread, String[] prefixes) throws IOException {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      for (String prefix : prefixes) {
        if (stat.contains("(" + prefix)) {
          return cpuSeconds(stat);
        }
      }
      return 0;
    } catch (NoSuchFileException e) {
      // The thread has ended since the folder was listed.
      return 0;
    }
  }

  /** The fields are counted behind the name, which may contain blanks and parentheses. */
  private static double cpuSeconds(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]))
        / TICKS_PER_SECOND;
  }
}
