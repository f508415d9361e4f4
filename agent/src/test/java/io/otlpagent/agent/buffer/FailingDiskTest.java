package io.otlpagent.agent.buffer;

import static io.otlpagent.agent.buffer.BufferFolder.append;
import static io.otlpagent.agent.buffer.BufferFolder.drain;
import static io.otlpagent.agent.buffer.BufferFolder.settleOldest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, or of which a file cannot be read. */
@Timeout(180)
class FailingDiskTest {

  @TempDir private Path folder;

  private final Books books = new Books();
  private BufferFolder disk;

  @BeforeEach
  void open() {
    disk = new BufferFolder(folder);
  }

  @AfterEach
  void close() {
    disk.close();
  }

  @Test
  void aWriteThatFailsHalfwayIsUndone() {
    FailingFiles files = new FailingFiles();
    DiskBuffer buffer = disk.buffer("shop", books, files);
    append(buffer, "a");
    files.allowedBytes = 50;

    assertThat(buffer.append("refused".repeat(10).getBytes(UTF_8), 70, 7)).isNull();
    assertThat(buffer.append("refused".repeat(10).getBytes(UTF_8), 70, 7)).isNull();

    files.allowedBytes = Integer.MAX_VALUE;
    append(buffer, "b");
    assertThat(disk.sizeOnDisk()).isEqualTo(buffer.bytes());
    assertThat(drain(buffer)).containsExactly("a", "b");
    assertThat(books.lost()).isZero();
  }

  @Test
  void aDiskWithoutSpaceRefusesAndWorksAgain() throws Exception {
    Path mount = Files.createDirectory(folder.resolve("small"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", mount.toString()))
        .as("may mount")
        .isTrue();
    try {
      DiskBuffer buffer =
          new DiskBuffer(
              new BufferSettings(
                  mount.resolve("spans").toFile(), "shop", BufferFolder.MIB, BufferFolder.AGE),
              books,
              () -> disk.now,
              new PrivateFiles());
      int kept = 0;
      while (buffer.append(new byte[5000], 5000, 1) != null) {
        kept++;
      }
      assertThat(kept).isBetween(10, 26);
      assertThat(buffer.append(new byte[5000], 5000, 1)).isNull();
      settleOldest(buffer);
      for (int i = 0; i < 12; i++) {
        settleOldest(buffer);
      }

      assertThat(buffer.append(new byte[5000], 5000, 1)).isNotNull();

      assertThat(drain(buffer)).hasSize(kept - 13 + 1);
      assertThat(books.lost()).isZero();
      buffer.close();
    } finally {
      run("umount", mount.toString());
    }
  }

  @Test
  void aFileThatCannotBeReadDoesNotHoldTheOthersUp() throws IOException {
    FailingFiles files = new FailingFiles();
    DiskBuffer buffer = disk.buffer("shop", books, files);
    for (int i = 0; i < 100; i++) {
      buffer.append(new byte[3000], 3000, 1);
    }
    files.unreadable =
        disk.everything().stream()
            .map(path -> path.getFileName().toString())
            .filter(name -> name.endsWith(Segment.SUFFIX))
            .sorted()
            .findFirst()
            .orElseThrow();

    int others = drain(buffer).size();

    assertThat(others).isBetween(70, 90);
    assertThat(books.lost()).isZero();
    files.unreadable = "";
    assertThat(drain(buffer)).hasSize(100 - others);
    assertThat(buffer.bytes()).isZero();
  }

  @Test
  void aFileThatCannotBeReadIsGivenUpAfterItsTime() throws IOException {
    FailingFiles files = new FailingFiles();
    DiskBuffer buffer = disk.buffer("shop", books, files);
    append(buffer, "a", "b");
    files.unreadable = Segment.SUFFIX;
    disk.now += BufferFolder.AGE + 1;

    assertThat(buffer.oldest()).isNull();

    assertThat(books.lost(BufferLoss.EXPIRED)).isEqualTo(2);
    assertThat(buffer.bytes()).isZero();
  }

  @Test
  void aBatchThatCannotBeMarkedIsNotSentAgainAndTheOthersStay() {
    FailingFiles files = new FailingFiles();
    DiskBuffer buffer = disk.buffer("shop", books, files);
    append(buffer, "a");
    StoredBatch live = buffer.append("b".getBytes(UTF_8), 1, 1);
    append(buffer, "c");
    files.marking = false;

    assertThat(buffer.settle(live)).isTrue();

    assertThat(drain(buffer)).containsExactly("a", "c");
    assertThat(books.lost()).isZero();
    assertThat(buffer.bytes()).isZero();
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** A disk on which only so many bytes can be written at a time, or less works. */
  private static final class FailingFiles extends PrivateFiles {
    private int allowedBytes = Integer.MAX_VALUE;
    private boolean marking = true;
    private String unreadable = "";

    @Override
    RandomAccessFile open(File file) throws IOException {
      return new RandomAccessFile(file, "rw") {
        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          super.write(bytes, from, Math.min(length, allowedBytes));
          if (length > allowedBytes) {
            throw new IOException("No space left on device");
          }
        }

        @Override
        public void write(int b) throws IOException {
          if (!marking) {
            throw new IOException("No space left on device");
          }
          super.write(b);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
          if (!unreadable.isEmpty() && file.getName().endsWith(unreadable)) {
            throw new IOException("Input/output error");
          }
          return super.read(bytes, from, length);
        }
      };
    }
  }
}
