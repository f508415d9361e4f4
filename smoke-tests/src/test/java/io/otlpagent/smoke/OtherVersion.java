package io.otlpagent.smoke;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A jar that is as valid as another one, with all its classes in other places. */
final class OtherVersion {

  private OtherVersion() {}

  /** Its bytes. */
  static byte[] of(Path agent, Path folder) throws IOException {
    try (JarFile jar = new JarFile(agent.toFile());
        OutputStream file = Files.newOutputStream(folder);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        byte[] bytes = jar.getInputStream(entry).readAllBytes();
        if (entry.getMethod() == ZipEntry.STORED) {
          bytes = shifted(bytes);
        }
        zip.putNextEntry(copy(entry, bytes));
        zip.write(bytes);
        zip.closeEntry();
      }
    }
    return Files.readAllBytes(folder);
  }

  /** Each class begins a byte later: a row of the index has its place in the second integer. */
  private static byte[] shifted(byte[] classes) {
    java.nio.ByteBuffer index = java.nio.ByteBuffer.wrap(classes.clone());
    int count = index.getInt(4);
    for (int row = 0; row < count; row++) {
      int at = 8 + 16 * row + 4;
      index.putInt(at, index.getInt(at) + 1);
    }
    int data = 8 + 16 * count;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(index.array(), 0, data);
    out.write(0);
    out.write(classes, data, classes.length - data);
    return out.toByteArray();
  }

  private static ZipEntry copy(ZipEntry entry, byte[] bytes) {
    ZipEntry copy = new ZipEntry(entry.getName());
    if (entry.getMethod() == ZipEntry.STORED) {
      CRC32 sum = new CRC32();
      sum.update(bytes);
      copy.setMethod(ZipEntry.STORED);
      copy.setSize(bytes.length);
      copy.setCrc(sum.getValue());
    }
    return copy;
  }
}
