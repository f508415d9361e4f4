package io.otlpagent.agent.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the JVMs whose files this user may read. Stateless. */
final class JvmProcesses {

  private static final String PREFIX = "hsperfdata_";

  private JvmProcesses() {}

  /** All but the one that asks, by their numbers. */
  static List<JvmProcess> all() {
    List<JvmProcess> found = new ArrayList<>();
    String own = ownPid();
    for (File file : files(temporary())) {
      String pid = file.getName();
      JvmProcess process = pid.equals(own) ? null : read(pid, file);
      if (process != null) {
        found.add(process);
      }
    }
    found.sort((a, b) -> Long.compare(Long.parseLong(a.pid()), Long.parseLong(b.pid())));
    return found;
  }

  /** Null if there is none that can be read; also looks into the process's container. */
  static @Nullable JvmProcess find(String pid) {
    JvmProcess here = find(pid, pid, files(temporary()));
    if (here != null) {
      return here;
    }
    ProcFiles proc = new ProcFiles(pid);
    return find(pid, proc.innerPid(), files(proc.file("root/tmp")));
  }

  /**
   * The first that can be believed: anybody may have put one of that name before it.
   *
   * @param name of the file: the number that the process has itself
   */
  static @Nullable JvmProcess find(String pid, String name, List<File> files) {
    for (File file : files) {
      JvmProcess process = file.getName().equals(name) ? read(pid, file) : null;
      if (process != null) {
        return process;
      }
    }
    return null;
  }

  private static @Nullable JvmProcess read(String pid, File file) {
    if (!isOf(pid, file)) {
      return null;
    }
    try {
      return new JvmProcess(pid, PerfData.read(file));
    } catch (IOException e) {
      // Ended just now, or another user's.
      return null;
    }
  }

  /**
   * Whether the process itself has written it, and still runs. Anybody may put files into /tmp that
   * look like those of another user's JVM.
   */
  static boolean isOf(String pid, File file) {
    return !ProcFiles.available() || isOf(new ProcFiles(pid).user(), file);
  }

  /** Whether the user, of whom -1 means nobody, or root has written it. */
  static boolean isOf(long user, File file) {
    Path path = file.toPath();
    Path folder = path.getParent();
    // HotSpot refuses a link here as well.
    return user >= 0
        && folder != null
        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && isTrusted(folder, user)
        && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        && isTrusted(path, user);
  }

  private static boolean isTrusted(Path path, long user) {
    try {
      Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      return owner instanceof Integer && isWriter(Integer.toUnsignedLong((Integer) owner), user);
    } catch (IOException e) {
      // It has ended just now.
      return false;
    }
  }

  /** Root could write anything anyway, and may have started a JVM that became another user. */
  static boolean isWriter(long owner, long user) {
    return owner == user || owner == 0;
  }

  /** HotSpot takes /tmp on Unix whatever java.io.tmpdir says. */
  private static File temporary() {
    File unix = new File("/tmp");
    return ProcFiles.available() ? unix : new File(System.getProperty("java.io.tmpdir", "/tmp"));
  }

  private static List<File> files(File folder) {
    List<File> files = new ArrayList<>();
    File[] users = folder.listFiles((parent, name) -> name.startsWith(PREFIX));
    if (users == null) {
      return files;
    }
    for (File user : users) {
      File[] pids = user.listFiles();
      if (pids == null) {
        continue;
      }
      for (File pid : pids) {
        if (isNumber(pid.getName())) {
          files.add(pid);
        }
      }
    }
    return files;
  }

  static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() < 10;
  }

  private static String ownPid() {
    String name = java.lang.management.ManagementFactory.getRuntimeMXBean().getName();
    int at = name.indexOf('@');
    return at < 0 ? name : name.substring(0, at);
  }
}
