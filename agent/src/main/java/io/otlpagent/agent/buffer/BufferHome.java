package io.otlpagent.agent.buffer;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which one JVM keeps its files. It holds a lock as long as it lives; the
 * operating system lets go of it when the JVM ends, however that happens, and then another may take
 * the directory over.
 */
final class BufferHome {

  private static final String LOCK = "lock";
  private static final int NAME_LENGTH = 40;

  private final File directory;
  private final RandomAccessFile lock;

  private BufferHome(File directory, RandomAccessFile lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /** Makes a new one; the parent exists. */
  static BufferHome create(PrivateFiles files, File parent, String service) throws IOException {
    String random = String.format(Locale.ROOT, "%016x", ThreadLocalRandom.current().nextLong());
    File directory = new File(parent, prefix(service) + random);
    files.makeDirectory(directory);
    BufferHome home = lock(files.create(new File(directory, LOCK)), directory);
    if (home == null) {
      throw new IOException("cannot lock " + directory);
    }
    return home;
  }

  /** Takes over what a JVM has left behind; null if it lives or if there is nothing to have. */
  static @Nullable BufferHome adopt(PrivateFiles files, File directory) {
    File lock = new File(directory, LOCK);
    if (!lock.exists() && segments(directory).length == 0) {
      // Its former owner was interrupted when it deleted all.
      directory.delete();
      return null;
    }
    try {
      // Somebody may have cleaned up: without its lock nobody would ever have the rest.
      return lock(lock.exists() ? files.open(lock) : files.create(lock), directory);
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable BufferHome lock(RandomAccessFile file, File directory)
      throws IOException {
    FileLock lock = null;
    try {
      lock = file.getChannel().tryLock();
    } catch (OverlappingFileLockException e) {
      // Somebody in this JVM has it.
    } finally {
      if (lock == null) {
        file.close();
      }
    }
    return lock == null ? null : new BufferHome(directory, file);
  }

  /** How the names of all directories of a service begin. */
  static String prefix(String service) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < Math.min(NAME_LENGTH, service.length()); i++) {
      char c = service.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      name.append(plain ? c : '-');
    }
    CRC32 whole = new CRC32();
    whole.update(service.getBytes(StandardCharsets.UTF_8));
    return name + String.format(Locale.ROOT, ".%08x.", whole.getValue());
  }

  File directory() {
    return directory;
  }

  /** False if somebody has deleted it. */
  boolean exists() {
    return new File(directory, LOCK).exists();
  }

  /** Says that it is in use to what deletes old files. */
  void touch() {
    new File(directory, LOCK).setLastModified(System.currentTimeMillis());
  }

  /** Its files of records, in no order. */
  File[] segments() {
    return segments(directory);
  }

  static File[] segments(File directory) {
    File[] found = directory.listFiles((parent, name) -> name.endsWith(Segment.SUFFIX));
    return found == null ? new File[0] : found;
  }

  /** Lets go of it, for a later JVM. */
  void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // The lock ends with the JVM at the latest.
    }
  }

  /** Removes it; without effect if there are files in it. */
  void delete() {
    if (segments().length == 0) {
      // Closed first: Windows does not delete open files. Who locks it now finds nothing.
      close();
      new File(directory, LOCK).delete();
      directory.delete();
    } else {
      close();
    }
  }
}
