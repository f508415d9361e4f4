package io.otlpagent.agent.logging;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The agent's own log: one line an event, written at once. Until {@link #init} a bounded number of
 * lines is kept, so that {@code premain} can log before there is a configuration. Thread-safe.
 *
 * <p>The default output is standard error. Standard output belongs to the application: its bytes
 * must be the same with and without the agent, or pipes behind it break.
 */
public final class AgentLog {

  static final int MAX_PENDING = 200;
  static final int MAX_REMEMBERED = 256;
  private static final long REPEAT_NANOS = 60_000_000_000L;
  private static final int OFF = 4;

  private static final Object LOCK = new Object();

  // All but the threshold: guarded by LOCK.
  private static volatile int threshold = LogEvent.DEBUG;
  private static @Nullable OutputStream output;
  private static boolean json = true;
  private static List<LogEvent> pending = new ArrayList<>();
  private static final Map<String, Repetition> REPETITIONS = new HashMap<>();

  private AgentLog() {}

  /** {@link #init(String, String, String, long, int)} with files that grow without a bound. */
  public static void init(String level, String format, String destination) {
    init(level, format, destination, 0, 1);
  }

  /**
   * Opens the log and writes what was kept. A file that cannot be opened is replaced by standard
   * error.
   *
   * @param level {@code debug}, {@code info}, {@code warn}, {@code error} or {@code off}
   * @param format {@code json} or {@code text}
   * @param destination {@code stderr}, {@code stdout} or the path of a file to append to
   * @param maxBytes of a file, which then becomes an older one; 0 for no bound
   * @param maxFiles the file and older ones, at least 1
   */
  public static void init(
      String level, String format, String destination, long maxBytes, int maxFiles) {
    String failure = null;
    synchronized (LOCK) {
      threshold = severity(level);
      json = !format.equals("text");
      try {
        output = open(destination, maxBytes, maxFiles);
      } catch (IOException e) {
        failure = e.getMessage();
        output = new FileOutputStream(FileDescriptor.err);
      }
      List<LogEvent> kept = pending;
      pending = new ArrayList<>();
      for (LogEvent event : kept) {
        if (event.level >= threshold) {
          write(event, 0);
        }
      }
    }
    if (failure != null) {
      warn("cannot log to " + destination + ", logging to stderr instead: " + failure);
    }
  }

  private static OutputStream open(String destination, long maxBytes, int maxFiles)
      throws IOException {
    // Not System.out and System.err: the application may have replaced them by its own log. The
    // paths need not be opened, which may fail or wait where they lead to a pipe or a socket.
    switch (destination) {
      case "stdout":
      case "/dev/stdout":
      case "/proc/self/fd/1":
        return new FileOutputStream(FileDescriptor.out);
      case "stderr":
      case "/dev/stderr":
      case "/proc/self/fd/2":
        return new FileOutputStream(FileDescriptor.err);
      default:
        return new LogFile(destination, maxBytes, maxFiles);
    }
  }

  private static int severity(String level) {
    switch (level) {
      case "debug":
        return LogEvent.DEBUG;
      case "warn":
        return LogEvent.WARN;
      case "error":
        return LogEvent.ERROR;
      case "off":
        return OFF;
      default:
        return LogEvent.INFO;
    }
  }

  /** Changes the least severe level that is written. */
  public static void level(String level) {
    threshold = severity(level);
  }

  /** Whether info lines are written. */
  public static boolean infoEnabled() {
    return threshold <= LogEvent.INFO;
  }

  /** Whether debug lines are written; for callers whose message is expensive. */
  public static boolean debugEnabled() {
    return threshold == LogEvent.DEBUG;
  }

  public static void debug(String message) {
    log(LogEvent.DEBUG, message, null);
  }

  public static void debug(String message, Throwable thrown) {
    log(LogEvent.DEBUG, message, thrown);
  }

  public static void info(String message) {
    log(LogEvent.INFO, message, null);
  }

  public static void info(String message, Throwable thrown) {
    log(LogEvent.INFO, message, thrown);
  }

  /** The same message is written at most once a minute. */
  public static void warn(String message) {
    log(LogEvent.WARN, message, null);
  }

  /** {@link #warn(String)} with the exception's text; its stack trace at level debug only. */
  public static void warn(String message, Throwable thrown) {
    log(LogEvent.WARN, message, thrown);
  }

  /** The same message is written at most once a minute. */
  public static void error(String message) {
    log(LogEvent.ERROR, message, null);
  }

  /** {@link #error(String)} with the exception's text; its stack trace at level debug only. */
  public static void error(String message, Throwable thrown) {
    log(LogEvent.ERROR, message, thrown);
  }

  private static void log(int level, String message, @Nullable Throwable thrown) {
    if (level < threshold) {
      return;
    }
    synchronized (LOCK) {
      int repeated = level < LogEvent.WARN ? 0 : repeated(message, System.nanoTime());
      if (repeated < 0) {
        return;
      }
      LogEvent event = new LogEvent(level, message, thrown);
      if (output != null) {
        write(event, repeated);
      } else if (pending.size() < MAX_PENDING) {
        pending.add(event);
      }
    }
  }

  /** How often the message was left out since it was last written; -1 to leave it out again. */
  static int repeated(String message, long now) {
    Repetition known = REPETITIONS.get(message);
    if (known != null && now - known.writtenNanos < REPEAT_NANOS) {
      known.leftOut++;
      return -1;
    }
    if (known == null && REPETITIONS.size() >= MAX_REMEMBERED) {
      forget(now);
    }
    REPETITIONS.put(message, new Repetition(now));
    return known == null ? 0 : known.leftOut;
  }

  private static void forget(long now) {
    Iterator<Repetition> all = REPETITIONS.values().iterator();
    while (all.hasNext()) {
      if (now - all.next().writtenNanos >= REPEAT_NANOS) {
        all.remove();
      }
    }
    if (REPETITIONS.size() >= MAX_REMEMBERED) {
      REPETITIONS.clear();
    }
  }

  private static void write(LogEvent event, int repeated) {
    OutputStream out = output;
    if (out == null) {
      return;
    }
    boolean stackTrace = threshold == LogEvent.DEBUG;
    String line = json ? event.json(stackTrace, repeated) : event.text(stackTrace, repeated);
    try {
      // One write a line keeps lines whole where several processes append.
      out.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      if (out instanceof LogFile) {
        leave(out, line, e);
      }
      // A closed pipe: there is nowhere left to say so.
    }
  }

  /** Goes on on standard error when the file takes no more: a full disk, a lost volume. */
  private static void leave(OutputStream file, String line, IOException problem) {
    OutputStream err = new FileOutputStream(FileDescriptor.err);
    output = err;
    LogEvent event =
        new LogEvent(LogEvent.WARN, "cannot log to the file any more, logging to stderr", problem);
    try {
      file.close();
    } catch (IOException e) {
      // It was of no use before.
    }
    try {
      err.write(line.getBytes(StandardCharsets.UTF_8));
      err.write(
          (json ? event.json(false, 0) : event.text(false, 0)).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // A closed pipe as well.
    }
  }

  static boolean toFile() {
    synchronized (LOCK) {
      return output instanceof LogFile;
    }
  }

  static int remembered() {
    synchronized (LOCK) {
      return REPETITIONS.size();
    }
  }

  /** Back to the state before {@link #init}. */
  static void reset() {
    synchronized (LOCK) {
      output = null;
      threshold = LogEvent.DEBUG;
      pending = new ArrayList<>();
      REPETITIONS.clear();
    }
  }

  private static final class Repetition {

    final long writtenNanos;
    int leftOut;

    Repetition(long writtenNanos) {
      this.writtenNanos = writtenNanos;
    }
  }
}
