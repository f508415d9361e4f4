package io.otlpagent.agent.command;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Linux tells about a process; nothing on other systems. */
final class ProcFiles {

  private static final File PROC = new File("/proc");

  private final File folder;

  ProcFiles(String pid) {
    this.folder = new File(PROC, pid);
  }

  /** Whether this system has such files. */
  static boolean available() {
    return new File(PROC, "self/stat").exists();
  }

  boolean exists() {
    return folder.isDirectory();
  }

  File file(String path) {
    return new File(folder, path);
  }

  /** Where a file of the process is for us, who may see other files and stand in another folder. */
  File seen(File path) {
    if (!folder.isDirectory()) {
      return path;
    }
    return path.isAbsolute() ? file("root" + path) : file("cwd/" + path);
  }

  /** Empty if it belongs to somebody else. */
  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    for (String entry : text("environ").split("\0", -1)) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        environment.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return environment;
  }

  /** The arguments, the program first; empty if they cannot be read. */
  List<String> commandLine() {
    List<String> words = new ArrayList<>();
    for (String word : text("cmdline").split("\0", -1)) {
      words.add(word);
    }
    // The last one ends with a zero, too.
    words.remove(words.size() - 1);
    return words;
  }

  /** The jar files that it holds open. */
  List<String> openJars() {
    List<String> jars = new ArrayList<>();
    File[] descriptors = new File(folder, "fd").listFiles();
    if (descriptors == null) {
      return jars;
    }
    for (File descriptor : descriptors) {
      String path = target(descriptor);
      if (path.endsWith(".jar") && !jars.contains(path)) {
        jars.add(path);
      }
    }
    return jars;
  }

  private static String target(File link) {
    try {
      return link.getCanonicalPath();
    } catch (IOException e) {
      // Closed since the folder was listed.
      return "";
    }
  }

  /**
   * Whether it has a thread of that name, of which the kernel keeps 15 characters: the first ones,
   * or from Java 26 on seven, two dots and the last six.
   */
  boolean hasThread(String name) {
    boolean isShort = name.length() <= 15;
    String first = isShort ? name : name.substring(0, 15);
    String ends = isShort ? name : name.substring(0, 7) + ".." + name.substring(name.length() - 6);
    File[] tasks = new File(folder, "task").listFiles();
    if (tasks != null) {
      for (File task : tasks) {
        String kept = text(new File(task, "comm")).trim();
        if (kept.equals(first) || kept.equals(ends)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether it may be a JVM: false only if it is seen to have no JVM's library. */
  boolean mayBeJvm() {
    String maps = text("maps");
    return maps.isEmpty() || maps.contains("libjvm") || maps.contains("libj9vm");
  }

  /** Whether it stands still until somebody lets it go on. */
  boolean stopped() {
    String stat = text("stat");
    // The name in parentheses may have anything in it.
    int name = stat.lastIndexOf(')');
    String state = name < 0 || name + 3 > stat.length() ? "" : stat.substring(name + 2, name + 3);
    return state.equals("T") || state.equals("t");
  }

  /** Whether it sees the files that we see; true also if that cannot be found out. */
  boolean sharesFiles() {
    return shares("ns/mnt");
  }

  /** Whether its loopback address is ours; true also if that cannot be found out. */
  boolean sharesNetwork() {
    return shares("ns/net");
  }

  private boolean shares(String namespace) {
    try {
      return Files.readSymbolicLink(file(namespace).toPath())
          .equals(Files.readSymbolicLink(new File(PROC, "self/" + namespace).toPath()));
    } catch (IOException | UnsupportedOperationException e) {
      // Somebody else's, or not Linux.
      return true;
    }
  }

  /** The number of the user that it acts as; -1 if that cannot be found out. */
  long user() {
    for (String line : text("status").split("\n", -1)) {
      if (line.startsWith("Uid:")) {
        String[] numbers = line.trim().split("\\s+", -1);
        // Of 32 bits without a sign.
        return numbers.length > 2 ? Long.parseLong(numbers[2]) : -1;
      }
    }
    return -1;
  }

  /** Its number inside its container; its own if it is in none. */
  String innerPid() {
    for (String line : text("status").split("\n", -1)) {
      if (line.startsWith("NSpid:")) {
        String[] numbers = line.trim().split("\\s+", -1);
        return numbers[numbers.length - 1];
      }
    }
    return folder.getName();
  }

  private String text(String name) {
    return text(new File(folder, name));
  }

  private static String text(File file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = new FileInputStream(file)) {
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        bytes.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // It has ended, or it is somebody else's.
      return "";
    }
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }
}
