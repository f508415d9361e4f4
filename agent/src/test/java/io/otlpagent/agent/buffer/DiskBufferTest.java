package io.otlpagent.agent.buffer;

import static io.otlpagent.agent.buffer.BufferFolder.append;
import static io.otlpagent.agent.buffer.BufferFolder.drain;
import static io.otlpagent.agent.buffer.BufferFolder.next;
import static io.otlpagent.agent.buffer.BufferFolder.settleOldest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class DiskBufferTest {

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
  void theOldestBatchComesFirst() {
    DiskBuffer buffer = disk.buffer("shop", books);
    append(buffer, "a", "b", "c");

    assertThat(drain(buffer)).containsExactly("a", "b", "c");
    assertThat(buffer.bytes()).isZero();
    assertThat(books.lost()).isZero();
  }

  @Test
  void aBatchStaysUntilItIsSettled() {
    DiskBuffer buffer = disk.buffer("shop", books);
    append(buffer, "a", "b");

    assertThat(next(buffer)).isEqualTo("a");
    assertThat(next(buffer)).isEqualTo("a");
  }

  @Test
  void nothingIsLeftBehindWhenAllIsSettled() throws IOException {
    DiskBuffer buffer = disk.buffer("shop", books);
    append(buffer, "a", "b");
    drain(buffer);

    buffer.close();

    assertThat(disk.everything()).isEmpty();
  }

  @Test
  void nothingIsMadeBeforeTheFirstBatch() throws IOException {
    DiskBuffer buffer = disk.buffer("shop", books);
    buffer.adopt();

    assertThat(buffer.oldest()).isNull();
    assertThat(disk.everything()).isEmpty();
  }

  @Test
  void theNextOneTakesOverWhatIsNotSettled() {
    DiskBuffer first = disk.buffer("shop", new Books());
    append(first, "a", "b", "c");
    settleOldest(first);
    first.close();

    DiskBuffer second = disk.buffer("shop", books);
    second.adopt();
    append(second, "d");

    assertThat(books.recovered).isEqualTo(2);
    assertThat(drain(second)).containsExactly("b", "c", "d");
  }

  @Test
  void whatIsTakenOverGoesBetweenWhatOneHas() {
    DiskBuffer first = disk.buffer("shop", new Books());
    DiskBuffer second = disk.buffer("shop", books);
    append(first, "a");
    disk.now++;
    append(second, "b");
    first.close();

    second.adopt();

    assertThat(drain(second)).containsExactly("a", "b");
  }

  @Test
  void twoThatLiveLeaveEachOtherAlone() {
    DiskBuffer first = disk.buffer("shop", books);
    DiskBuffer second = disk.buffer("shop", books);
    append(first, "a");
    append(second, "b");

    first.adopt();
    second.adopt();

    assertThat(books.recovered).isZero();
    assertThat(drain(first)).containsExactly("a");
    assertThat(drain(second)).containsExactly("b");
  }

  @Test
  void whatIsLeftBehindIsTakenOverOnce() {
    DiskBuffer first = disk.buffer("shop", new Books());
    append(first, "a");
    first.close();
    DiskBuffer second = disk.buffer("shop", books);
    DiskBuffer third = disk.buffer("shop", books);

    second.adopt();
    third.adopt();

    assertThat(books.recovered).isEqualTo(1);
    assertThat(drain(second)).containsExactly("a");
    assertThat(third.oldest()).isNull();
  }

  @Test
  void anotherServiceIsNotTakenOver() {
    DiskBuffer first = disk.buffer("shop", new Books());
    append(first, "a");
    first.close();

    DiskBuffer second = disk.buffer("warehouse", books);
    second.adopt();

    assertThat(second.oldest()).isNull();
    assertThat(books.recovered).isZero();
  }

  @Test
  void whatAnotherServiceLeftBehindIsLeftAloneHoweverOld() throws IOException {
    DiskBuffer first = disk.buffer("shop", new Books());
    append(first, "a");
    first.close();
    disk.now = System.currentTimeMillis() + 2 * BufferFolder.AGE;

    List<Path> before = disk.everything();

    DiskBuffer second = disk.buffer("warehouse", books);
    second.adopt();

    assertThat(before).isNotEmpty();
    assertThat(disk.everything()).isEqualTo(before);
  }

  @Test
  void aBatchThatIsTooOldIsGivenUp() {
    DiskBuffer buffer = disk.buffer("shop", books);
    append(buffer, "a");
    disk.now += BufferFolder.AGE;
    append(buffer, "b");
    disk.now++;

    assertThat(drain(buffer)).containsExactly("b");
    assertThat(books.lost(BufferLoss.EXPIRED)).isEqualTo(1);
  }

  @Test
  void theOldestMakeRoom() {
    DiskBuffer buffer = disk.buffer("shop", books);
    int written = 0;
    for (int i = 0; i < 1000; i++) {
      buffer.append(new byte[3000], 3000, 3);
      written += 3;
      assertThat(buffer.bytes()).isLessThanOrEqualTo(BufferFolder.MIB);
    }

    assertThat(disk.sizeOnDisk())
        .isEqualTo(buffer.bytes())
        .isGreaterThan(BufferFolder.MIB * 14 / 16);
    assertThat(books.lost(BufferLoss.FULL)).isPositive();
    assertThat(drain(buffer).size() * 3 + books.lost(BufferLoss.FULL)).isEqualTo(written);
    assertThat(books.lost()).isEqualTo(books.lost(BufferLoss.FULL));
  }

  @Test
  void whatIsTakenOverCountsForTheBound() {
    for (int i = 0; i < 3; i++) {
      DiskBuffer former = disk.buffer("shop", new Books());
      for (int j = 0; j < 200; j++) {
        former.append(new byte[3000], 3000, 3);
      }
      former.close();
      disk.now++;
    }

    DiskBuffer buffer = disk.buffer("shop", books);
    buffer.adopt();

    assertThat(books.recovered).isEqualTo(1800);
    assertThat(buffer.bytes()).isLessThanOrEqualTo(BufferFolder.MIB).isEqualTo(disk.sizeOnDisk());
    assertThat(drain(buffer).size() * 3 + books.lost(BufferLoss.FULL)).isEqualTo(1800);
  }

  @Test
  void aBatchThatWouldFillEverythingIsRefused() {
    DiskBuffer buffer = disk.buffer("shop", books);
    append(buffer, "a");

    assertThat(buffer.append(new byte[(int) BufferFolder.MIB], (int) BufferFolder.MIB, 5)).isNull();
    assertThat(drain(buffer)).containsExactly("a");
  }

  @Test
  void aBatchLargerThanAFileHasOneOfItsOwn() {
    DiskBuffer buffer = disk.buffer("shop", books);
    String large = "x".repeat((int) BufferFolder.MIB / 2);
    append(buffer, "a", large, "b");

    assertThat(drain(buffer)).containsExactly("a", large, "b");
  }

  @Test
  void nobodyElseMayReadIt() throws IOException {
    assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
    DiskBuffer buffer = disk.buffer("shop", books);
    append(buffer, "a");

    assertThat(disk.everything())
        .hasSize(4)
        .allSatisfy(
            path ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsARefusal() throws IOException {
    Files.writeString(disk.root(), "in the way");
    DiskBuffer buffer = disk.buffer("shop", books);
    buffer.adopt();

    assertThat(buffer.append(new byte[10], 10, 1)).isNull();

    Files.delete(disk.root());
    append(buffer, "a");
    assertThat(drain(buffer)).containsExactly("a");
  }

  @Test
  void aDirectoryThatVanishesCostsWhatWasInIt() throws IOException {
    DiskBuffer buffer = disk.buffer("shop", books);
    append(buffer, "a", "b");
    disk.deleteEverything();

    append(buffer, "c");

    assertThat(drain(buffer)).containsExactly("c");
    assertThat(books.lost(BufferLoss.CORRUPT)).isEqualTo(2);
    assertThat(buffer.bytes()).isZero();
  }

  @Test
  void aDirectoryThatVanishesIsNoticedWhenReading() throws IOException {
    DiskBuffer buffer = disk.buffer("shop", books);
    for (int i = 0; i < 100; i++) {
      buffer.append(new byte[3000], 3000, 1);
    }
    disk.deleteEverything();

    assertThat(drain(buffer).size() + books.lost(BufferLoss.CORRUPT)).isEqualTo(100);
    assertThat(buffer.bytes()).isZero();
  }

  @Test
  void aDirectoryWhoseLockWasCleanedAwayIsTakenOver() throws IOException {
    DiskBuffer first = disk.buffer("shop", new Books());
    append(first, "a", "b");
    first.close();
    for (Path path : disk.everything()) {
      if (path.endsWith("lock")) {
        Files.delete(path);
      }
    }

    DiskBuffer second = disk.buffer("shop", books);
    second.adopt();

    assertThat(drain(second)).containsExactly("a", "b");
  }

  @Test
  void aLockIsTouchedNowAndThen() throws IOException {
    DiskBuffer buffer = disk.buffer("shop", books);
    append(buffer, "a");
    File lock =
        disk.everything().stream().filter(path -> path.endsWith("lock")).findFirst().get().toFile();
    assertThat(lock.setLastModified(1000)).isTrue();

    buffer.adopt();

    assertThat(lock.lastModified()).isGreaterThan(1000);
  }

  @Test
  void aDirectoryThatIsJustBeingMadeIsLeftAlone() throws IOException {
    DiskBuffer buffer = disk.buffer("shop", books);
    append(buffer, "a");
    Path made =
        Files.createDirectory(disk.root().resolve(BufferHome.prefix("shop") + "0123456789abcdef"));

    buffer.adopt();
    assertThat(made).exists();

    assertThat(made.toFile().setLastModified(1000)).isTrue();
    buffer.adopt();
    assertThat(made).doesNotExist();
  }

  @Test
  void anInterruptDoesNotHarm() {
    DiskBuffer buffer = disk.buffer("shop", books);
    Thread.currentThread().interrupt();
    append(buffer, "a");
    String first = next(buffer);

    assertThat(Thread.interrupted()).isTrue();
    append(buffer, "b");
    assertThat(first).isEqualTo("a");
    assertThat(drain(buffer)).containsExactly("a", "b");
  }
}
