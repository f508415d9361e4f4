package io.otlpagent.bootstrap;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Arrays;
import java.util.jar.JarFile;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * The entry of the agent's jar that holds its classes. Thread-safe.
 *
 * <p>The entry is stored, not compressed, so that a class is read where it stands: a magic number,
 * the number of classes, then for each, ordered by the hash code of its resource name, four
 * integers (hash code, offset in the data, compressed length, length), then the data, one raw
 * deflate stream a class. Writing it is the build's job: {@code AgentJarPacker}.
 *
 * <p>The file may be overwritten while the JVM runs. What is needed late stands in front of the
 * data, and {@link #LATE} says how much that is: it is read once and kept.
 */
final class ClassArchive {

  /** The name of the part that is needed late: the exit, retries and the endpoint's answers. */
  private static final String LATE = "otlp-agent.late";

  private static final int ROW = 4;
  private static final int HEAD = 8;
  private static final int MAX_BYTES = 1 << 24;

  private final JarFile jar;
  private final ZipEntry entry;
  private final int[] index;
  private final int dataStart;
  private final File file;
  private final long length;

  // Written by the thread that keeps what is needed late; null before. From then on it is watched
  // whether the file is overwritten.
  private volatile byte @Nullable [] kept;

  // Written by whoever looks; two that look at once come to the same.
  private volatile long modified;
  private volatile boolean overwritten;

  private ClassArchive(JarFile jar, ZipEntry entry, int[] index) {
    this.jar = jar;
    this.entry = entry;
    this.index = index;
    this.dataStart = HEAD + index.length * 4;
    this.file = new File(jar.getName());
    this.length = file.length();
    this.modified = file.lastModified();
  }

  /**
   * Reads the index.
   *
   * @throws IOException in the operator's words, if it is not as it was built
   */
  static ClassArchive open(JarFile jar) throws IOException {
    ZipEntry entry = jar.getJarEntry(AgentJar.CLASSES);
    try {
      return new ClassArchive(jar, entry, index(jar, entry));
    } catch (EOFException e) {
      throw damaged(jar);
    }
  }

  private static int[] index(JarFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] head = new byte[HEAD];
      new DataInputStream(in).readFully(head);
      int classes = intAt(head, 4);
      boolean fits = classes >= 0 && HEAD + classes * (ROW * 4L) <= entry.getSize();
      if (intAt(head, 0) != AgentClassLoader.MAGIC || !fits) {
        throw damaged(jar);
      }
      byte[] rows = new byte[classes * ROW * 4];
      new DataInputStream(in).readFully(rows);
      int[] index = new int[rows.length / 4];
      for (int i = 0; i < index.length; i++) {
        index[i] = intAt(rows, 4 * i);
      }
      return index;
    }
  }

  private static IOException damaged(JarFile jar) {
    return new IOException(jar.getName() + " is damaged: fetch it again");
  }

  private static int intAt(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | (bytes[at + 3] & 0xFF);
  }

  /** Whether it has a resource with this name, or with another one of the same hash code. */
  boolean has(String name) {
    return find(name.hashCode()) >= 0;
  }

  /**
   * Null if there is no such resource.
   *
   * @throws IOException in the operator's words, if it cannot be read
   */
  byte @Nullable [] read(String name) throws IOException {
    int row = find(name.hashCode());
    if (row < 0) {
      return null;
    }
    int offset = index[row + 1];
    int packed = index[row + 2];
    int size = index[row + 3];
    byte[] late = kept;
    if (late != null && offset >= 0 && packed >= 0 && offset <= late.length - packed) {
      return inflate(late, offset, packed, size);
    }
    return inflate(bytes(offset, packed), 0, packed, size);
  }

  private byte[] inflate(byte[] data, int offset, int packed, int size) throws IOException {
    if (size < 0 || size > MAX_BYTES) {
      throw damaged(jar);
    }
    byte[] bytes = new byte[size];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(data, offset, packed);
      int done = 0;
      while (done < size) {
        int more = inflater.inflate(bytes, done, size - done);
        if (more == 0) {
          throw damaged(jar);
        }
        done += more;
      }
      return bytes;
    } catch (DataFormatException e) {
      throw damaged(jar);
    } finally {
      inflater.end();
    }
  }

  /** A part of the data, from the file. */
  private byte[] bytes(int offset, int packed) throws IOException {
    // A security manager would be asked, and may need the very class whose loading has led here.
    if (kept != null && !AgentPremain.hasSecurityManager() && !intact()) {
      throw new IOException(jar.getName() + " was overwritten while the JVM was running");
    }
    if (offset < 0 || packed < 0 || packed > MAX_BYTES) {
      throw damaged(jar);
    }
    byte[] bytes = new byte[packed];
    try (InputStream in = jar.getInputStream(entry)) {
      skip(in, (long) dataStart + offset);
      new DataInputStream(in).readFully(bytes);
      return bytes;
    } catch (EOFException e) {
      throw damaged(jar);
    }
  }

  /** Unlike {@link InputStream#skip}, which may skip nothing for ever, this has an end. */
  private static void skip(InputStream in, long bytes) throws IOException {
    long left = bytes;
    while (left > 0) {
      long skipped = in.skip(left);
      if (skipped <= 0) {
        if (in.read() < 0) {
          throw new EOFException();
        }
        skipped = 1;
      }
      left -= skipped;
    }
  }

  /** Reads what is needed late, so that it is there even if the file is overwritten. */
  void keep() throws IOException {
    int row = find(LATE.hashCode());
    if (row >= 0) {
      kept = bytes(index[row + 1], index[row + 2]);
    }
  }

  /**
   * Whether the file that is open is still what it was: not if it was overwritten, but if another
   * one has taken its name. Costs a look at the file's date.
   */
  boolean intact() {
    if (!AgentPremain.hasSecurityManager()) {
      return looksIntact();
    }
    // Whoever loads a class of ours need not be allowed to read the jar; we are.
    return AccessController.doPrivileged(
        new PrivilegedAction<Boolean>() {
          @Override
          public Boolean run() {
            return looksIntact();
          }
        });
  }

  private boolean looksIntact() {
    // Java 8 has mapped the end of the file: what is no longer there must not be asked for.
    if (!overwritten && (file.exists() && file.length() < length)) {
      overwritten = true;
    }
    long now = file.lastModified();
    if (!overwritten && now != modified) {
      overwritten = !sameIndex();
      modified = now;
    }
    return !overwritten;
  }

  private boolean sameIndex() {
    try {
      return Arrays.equals(index, index(jar, entry));
    } catch (IOException | RuntimeException | InternalError e) {
      return false;
    }
  }

  private int find(int hash) {
    int low = 0;
    int high = index.length / ROW - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int there = index[middle * ROW];
      if (there < hash) {
        low = middle + 1;
      } else if (there > hash) {
        high = middle - 1;
      } else {
        return middle * ROW;
      }
    }
    return -1;
  }
}
