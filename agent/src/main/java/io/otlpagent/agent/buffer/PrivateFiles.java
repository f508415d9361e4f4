package io.otlpagent.agent.buffer;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes files that nobody but the JVM's user can read, where the file system knows users. */
class PrivateFiles {

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  /** Makes a directory whose parent exists. */
  void makeDirectory(File directory) throws IOException {
    Files.createDirectory(directory.toPath(), attributes("rwx------"));
  }

  /** Makes a directory and those above it, unless they exist. */
  void makeDirectories(File directory) throws IOException {
    Path path = directory.toPath();
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path, attributes("rwx------"));
    }
  }

  /**
   * Makes a file and opens it. Not as a channel: an interrupt by the application would close that.
   */
  RandomAccessFile create(File file) throws IOException {
    Files.createFile(file.toPath(), attributes("rw-------"));
    return open(file);
  }

  RandomAccessFile open(File file) throws IOException {
    if (!file.exists()) {
      throw new IOException(file + " has vanished");
    }
    return new RandomAccessFile(file, "rw");
  }

  private static FileAttribute<?>[] attributes(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
