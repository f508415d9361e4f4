package io.otlpagent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
final class ClassArchiveTest {

  private static final String LATE = "io/otlpagent/Late.class";
  private static final String OTHER = "io/otlpagent/Other.class";
  private static final byte[] LATE_BYTES = bytes(1, 3000);
  private static final byte[] OTHER_BYTES = bytes(2, 2000);

  @TempDir private Path folder;

  @Test
  void classesAreRead() throws IOException {
    try (JarFile jar = new JarFile(jar(archive()).toFile())) {
      ClassArchive archive = ClassArchive.open(jar);

      assertThat(archive.read(LATE)).isEqualTo(LATE_BYTES);
      assertThat(archive.read(OTHER)).isEqualTo(OTHER_BYTES);
      assertThat(archive.read("io/otlpagent/None.class")).isNull();
      assertThat(archive.intact()).isTrue();
    }
  }

  static IntStream lengths() {
    return IntStream.concat(
        IntStream.rangeClosed(0, 64), IntStream.range(0, 20).map(i -> 64 + i * 250));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void anArchiveThatIsCutShortIsSaidToBeDamagedAndNeverHangs(int length) throws IOException {
    byte[] whole = archive();
    int cut = Math.min(length, whole.length - 1);
    try (JarFile jar = new JarFile(jar(Arrays.copyOf(whole, cut)).toFile())) {
      assertThatThrownBy(
              () -> {
                ClassArchive archive = ClassArchive.open(jar);
                archive.read(LATE);
                archive.read(OTHER);
              })
          .isInstanceOf(IOException.class)
          .hasMessage(jar.getName() + " is damaged: fetch it again");
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void bytesThatAreWrongAreNeverAHangOrAnotherFailure(int at) throws IOException {
    byte[] damaged = archive();
    new Random(at).nextBytes(damaged);
    System.arraycopy(archive(), 0, damaged, 0, Math.min(at, damaged.length));
    try (JarFile jar = new JarFile(jar(damaged).toFile())) {
      try {
        ClassArchive archive = ClassArchive.open(jar);
        archive.keep();
        archive.read(LATE);
        archive.read(OTHER);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("is damaged");
      }
    }
  }

  @Test
  void whatIsNeededLateIsThereAfterTheFileWasOverwritten() throws IOException {
    Path file = jar(archive());
    try (JarFile jar = new JarFile(file.toFile())) {
      ClassArchive archive = ClassArchive.open(jar);
      archive.keep();

      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(bytes(3, 100_000));
      }
      Files.setLastModifiedTime(file, FileTime.fromMillis(1));

      assertThat(archive.intact()).isFalse();
      assertThat(archive.read(LATE)).isEqualTo(LATE_BYTES);
      assertThatThrownBy(() -> archive.read(OTHER))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("was overwritten while the JVM was running");
    }
  }

  @Test
  void aFileThatIsShorterIsNotRead() throws IOException {
    Path file = jar(archive());
    try (JarFile jar = new JarFile(file.toFile())) {
      ClassArchive archive = ClassArchive.open(jar);
      archive.keep();

      Files.write(file, new byte[10]);

      assertThat(archive.intact()).isFalse();
      assertThat(archive.read(LATE)).isEqualTo(LATE_BYTES);
    }
  }

  @Test
  void anotherFileOfTheNameDoesNoHarm() throws IOException {
    Path file = jar(archive());
    try (JarFile jar = new JarFile(file.toFile())) {
      ClassArchive archive = ClassArchive.open(jar);
      archive.keep();

      Path other = Files.write(folder.resolve("other"), bytes(4, 100_000));
      Files.setLastModifiedTime(other, FileTime.fromMillis(1));
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

      assertThat(archive.intact()).isTrue();
      assertThat(archive.read(OTHER)).isEqualTo(OTHER_BYTES);
    }
  }

  private Path jar(byte[] archive) throws IOException {
    Path file = folder.resolve("agent.jar");
    CRC32 sum = new CRC32();
    sum.update(archive);
    ZipEntry entry = new ZipEntry(AgentJar.CLASSES);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(archive.length);
    entry.setCrc(sum.getValue());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(entry);
      zip.write(archive);
      zip.closeEntry();
    }
    return file;
  }

  /** As the build makes it, with one class that is needed late. */
  private static byte[] archive() throws IOException {
    byte[] late = deflate(LATE_BYTES);
    byte[] other = deflate(OTHER_BYTES);
    TreeMap<Integer, int[]> rows = new TreeMap<>();
    rows.put(LATE.hashCode(), new int[] {0, late.length, LATE_BYTES.length});
    rows.put(OTHER.hashCode(), new int[] {late.length, other.length, OTHER_BYTES.length});
    rows.put("otlp-agent.late".hashCode(), new int[] {0, late.length, late.length});
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(AgentClassLoader.MAGIC);
    out.writeInt(rows.size());
    for (var row : rows.entrySet()) {
      out.writeInt(row.getKey());
      for (int value : row.getValue()) {
        out.writeInt(value);
      }
    }
    out.write(late);
    out.write(other);
    return bytes.toByteArray();
  }

  private static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(bytes);
    deflater.finish();
    byte[] packed = new byte[bytes.length + 100];
    int length = deflater.deflate(packed);
    deflater.end();
    return Arrays.copyOf(packed, length);
  }

  private static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
