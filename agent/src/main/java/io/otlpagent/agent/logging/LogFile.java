package io.otlpagent.agent.logging;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A log file that is never longer than its bound, with a bounded number of older ones beside it:
 * {@code agent.log}, {@code agent.log.1} and so on. Used under the log's lock. Processes that share
 * a file must not share its rotation: give each its own.
 */
final class LogFile extends OutputStream {

  /** Of the mode in stat(2). */
  private static final int FILE_TYPE = 0170000;

  private static final int PIPE = 0010000;

  private final File file;
  private final long maxBytes;
  private final int maxFiles;
  private FileOutputStream out;
  private long length;

  /**
   * Opens the file, which also may be a device.
   *
   * @param maxBytes of each file; 0 for no bound
   * @param maxFiles this one and older ones, at least 1
   * @throws IOException also if it is a named pipe, which could not be opened until somebody reads
   *     it
   */
  LogFile(String path, long maxBytes, int maxFiles) throws IOException {
    this.file = new File(path);
    this.maxBytes = maxBytes == 0 ? Long.MAX_VALUE : maxBytes;
    this.maxFiles = maxFiles;
    if (isPipe(file.toPath())) {
      throw new IOException("it is a pipe; a regular file is wanted");
    }
    this.out = new FileOutputStream(file, true);
    this.length = file.length();
  }

  private static boolean isPipe(Path path) {
    try {
      Object mode = Files.getAttribute(path, "unix:mode");
      return mode instanceof Integer && ((Integer) mode & FILE_TYPE) == PIPE;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // Not there yet, or not Unix.
      return false;
    }
  }

  @Override
  public void write(byte[] line) throws IOException {
    if (length > 0 && length + line.length > maxBytes && rotates()) {
      rotate();
    }
    out.write(line);
    length += line.length;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    write(Arrays.copyOfRange(bytes, offset, offset + count));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b});
  }

  /**
   * False for what is not ours alone: a device, a pipe, or what a symbolic link such as {@code
   * /dev/stdout} leads to, which may be the application's own output.
   */
  private boolean rotates() {
    Path path = file.toPath();
    boolean gone = !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    if ((gone || Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
        && !isBelow("/dev/")
        && !isBelow("/proc/")) {
      return true;
    }
    length = 0;
    return false;
  }

  private boolean isBelow(String folder) {
    return file.getAbsolutePath().startsWith(folder);
  }

  /** Each file takes the name of the next older one; the oldest is overwritten. */
  private void rotate() throws IOException {
    out.close();
    for (int i = maxFiles - 1; i > 0; i--) {
      File from = i == 1 ? file : numbered(i - 1);
      File to = numbered(i);
      // A rename that fails (Windows, a foreign directory) costs old lines, never the bound.
      if (from.exists() && (!to.exists() || to.delete()) && !from.renameTo(to)) {
        break;
      }
    }
    out = new FileOutputStream(file, false);
    length = 0;
  }

  private File numbered(int number) {
    return new File(file.getPath() + "." + number);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
