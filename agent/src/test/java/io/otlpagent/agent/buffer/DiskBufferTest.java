package io.otlpagent.agent.buffer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class DiskBufferTest {

  private static final long MIB = 1024 * 1024;
  private static final long AGE = 1000;

  @TempDir private Path folder;

  private final List<DiskBuffer> buffers = new ArrayList<>();
  private final Books books = new Books();
  private long now = 1_000_000;

  @AfterEach
  void close() {
    buffers.forEach(DiskBuffer::close);
  }

  @Test
  void theOldestBatchComesFirst() {
    DiskBuffer buffer = buffer("shop", books);
    append(buffer, "a", "b", "c");

    assertThat(drain(buffer)).containsExactly("a", "b", "c");
    assertThat(buffer.bytes()).isZero();
    assertThat(books.lost()).isZero();
  }

  @Test
  void aBatchStaysUntilItIsSettled() {
    DiskBuffer buffer = buffer("shop", books);
    append(buffer, "a", "b");

    assertThat(next(buffer)).isEqualTo("a");
    assertThat(next(buffer)).isEqualTo("a");
  }

  @Test
  void nothingIsLeftBehindWhenAllIsSettled() throws IOException {
    DiskBuffer buffer = buffer("shop", books);
    append(buffer, "a", "b");
    drain(buffer);

    buffer.close();

    assertThat(everything()).isEmpty();
  }

  @Test
  void nothingIsMadeBeforeTheFirstBatch() throws IOException {
    DiskBuffer buffer = buffer("shop", books);
    buffer.adopt();

    assertThat(buffer.oldest()).isNull();
    assertThat(everything()).isEmpty();
  }

  @Test
  void theNextOneTakesOverWhatIsNotSettled() {
    DiskBuffer first = buffer("shop", new Books());
    append(first, "a", "b", "c");
    settleOldest(first);
    first.close();

    DiskBuffer second = buffer("shop", books);
    second.adopt();
    append(second, "d");

    assertThat(books.recovered).isEqualTo(2);
    assertThat(drain(second)).containsExactly("b", "c", "d");
  }

  @Test
  void whatIsTakenOverGoesBetweenWhatOneHas() {
    DiskBuffer first = buffer("shop", new Books());
    DiskBuffer second = buffer("shop", books);
    append(first, "a");
    now++;
    append(second, "b");
    first.close();

    second.adopt();

    assertThat(drain(second)).containsExactly("a", "b");
  }

  @Test
  void twoThatLiveLeaveEachOtherAlone() {
    DiskBuffer first = buffer("shop", books);
    DiskBuffer second = buffer("shop", books);
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
    DiskBuffer first = buffer("shop", new Books());
    append(first, "a");
    first.close();
    DiskBuffer second = buffer("shop", books);
    DiskBuffer third = buffer("shop", books);

    second.adopt();
    third.adopt();

    assertThat(books.recovered).isEqualTo(1);
    assertThat(drain(second)).containsExactly("a");
    assertThat(third.oldest()).isNull();
  }

  @Test
  void anotherServiceIsNotTakenOver() {
    DiskBuffer first = buffer("shop", new Books());
    append(first, "a");
    first.close();

    DiskBuffer second = buffer("warehouse", books);
    second.adopt();

    assertThat(second.oldest()).isNull();
    assertThat(books.recovered).isZero();
  }

  @Test
  void whatAnotherServiceLeftBehindIsLeftAloneHoweverOld() throws IOException {
    DiskBuffer first = buffer("shop", new Books());
    append(first, "a");
    first.close();
    now = System.currentTimeMillis() + 2 * AGE;

    List<Path> before = everything();

    DiskBuffer second = buffer("warehouse", books);
    second.adopt();

    assertThat(before).isNotEmpty();
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void aBatchThatIsTooOldIsGivenUp() {
    DiskBuffer buffer = buffer("shop", books);
    append(buffer, "a");
    now += AGE;
    append(buffer, "b");
    now++;

    assertThat(drain(buffer)).containsExactly("b");
    assertThat(books.lost(BufferLoss.EXPIRED)).isEqualTo(1);
  }

  @Test
  void theOldestMakeRoom() {
    DiskBuffer buffer = buffer("shop", books);
    int written = 0;
    for (int i = 0; i < 1000; i++) {
      buffer.append(new byte[3000], 3000, 3);
      written += 3;
      assertThat(buffer.bytes()).isLessThanOrEqualTo(MIB);
    }

    assertThat(sizeOnDisk()).isEqualTo(buffer.bytes()).isGreaterThan(MIB * 14 / 16);
    assertThat(books.lost(BufferLoss.FULL)).isPositive();
    assertThat(drain(buffer).size() * 3 + books.lost(BufferLoss.FULL)).isEqualTo(written);
    assertThat(books.lost()).isEqualTo(books.lost(BufferLoss.FULL));
  }

  @Test
  void whatIsTakenOverCountsForTheBound() {
    for (int i = 0; i < 3; i++) {
      DiskBuffer former = buffer("shop", new Books());
      for (int j = 0; j < 200; j++) {
        former.append(new byte[3000], 3000, 3);
      }
      former.close();
      now++;
    }

    DiskBuffer buffer = buffer("shop", books);
    buffer.adopt();

    assertThat(books.recovered).isEqualTo(1800);
    assertThat(buffer.bytes()).isLessThanOrEqualTo(MIB).isEqualTo(sizeOnDisk());
    assertThat(drain(buffer).size() * 3 + books.lost(BufferLoss.FULL)).isEqualTo(1800);
  }

  @Test
  void aBatchThatWouldFillEverythingIsRefused() {
    DiskBuffer buffer = buffer("shop", books);
    append(buffer, "a");

    assertThat(buffer.append(new byte[(int) MIB], (int) MIB, 5)).isNull();
    assertThat(drain(buffer)).containsExactly("a");
  }

  @Test
  void aBatchLargerThanAFileHasOneOfItsOwn() {
    DiskBuffer buffer = buffer("shop", books);
    String large = "x".repeat((int) MIB / 2);
    append(buffer, "a", large, "b");

    assertThat(drain(buffer)).containsExactly("a", large, "b");
  }

  @Test
  void nobodyElseMayReadIt() throws IOException {
    assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
    DiskBuffer buffer = buffer("shop", books);
    append(buffer, "a");

    assertThat(everything())
        .hasSize(4)
        .allSatisfy(
            path ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsARefusal() throws IOException {
    Files.writeString(root(), "in the way");
    DiskBuffer buffer = buffer("shop", books);
    buffer.adopt();

    assertThat(buffer.append(new byte[10], 10, 1)).isNull();

    Files.delete(root());
    append(buffer, "a");
    assertThat(drain(buffer)).containsExactly("a");
  }

  @Test
  void aDirectoryThatVanishesCostsWhatWasInIt() throws IOException {
    DiskBuffer buffer = buffer("shop", books);
    append(buffer, "a", "b");
    deleteEverything();

    append(buffer, "c");

    assertThat(drain(buffer)).containsExactly("c");
    assertThat(books.lost(BufferLoss.CORRUPT)).isEqualTo(2);
    assertThat(buffer.bytes()).isZero();
  }

  @Test
  void aDirectoryThatVanishesIsNoticedWhenReading() throws IOException {
    DiskBuffer buffer = buffer("shop", books);
    for (int i = 0; i < 100; i++) {
      buffer.append(new byte[3000], 3000, 1);
    }
    deleteEverything();

    assertThat(drain(buffer).size() + books.lost(BufferLoss.CORRUPT)).isEqualTo(100);
    assertThat(buffer.bytes()).isZero();
  }

  @Test
  void aWriteThatFailsHalfwayIsUndone() {
    FailingFiles files = new FailingFiles();
    DiskBuffer buffer = buffer("shop", books, files);
    append(buffer, "a");
    files.allowedBytes = 50;

    assertThat(buffer.append("refused".repeat(10).getBytes(UTF_8), 70, 7)).isNull();
    assertThat(buffer.append("refused".repeat(10).getBytes(UTF_8), 70, 7)).isNull();

    files.allowedBytes = Integer.MAX_VALUE;
    append(buffer, "b");
    assertThat(sizeOnDisk()).isEqualTo(buffer.bytes());
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
              new BufferSettings(mount.resolve("spans").toFile(), "shop", MIB, AGE),
              books,
              () -> now,
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
    DiskBuffer buffer = buffer("shop", books, files);
    for (int i = 0; i < 100; i++) {
      buffer.append(new byte[3000], 3000, 1);
    }
    files.unreadable =
        everything().stream()
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
    DiskBuffer buffer = buffer("shop", books, files);
    append(buffer, "a", "b");
    files.unreadable = Segment.SUFFIX;
    now += AGE + 1;

    assertThat(buffer.oldest()).isNull();

    assertThat(books.lost(BufferLoss.EXPIRED)).isEqualTo(2);
    assertThat(buffer.bytes()).isZero();
  }

  @Test
  void aBatchThatCannotBeMarkedIsNotSentAgainAndTheOthersStay() {
    FailingFiles files = new FailingFiles();
    DiskBuffer buffer = buffer("shop", books, files);
    append(buffer, "a");
    StoredBatch live = buffer.append("b".getBytes(UTF_8), 1, 1);
    append(buffer, "c");
    files.marking = false;

    assertThat(buffer.settle(live)).isTrue();

    assertThat(drain(buffer)).containsExactly("a", "c");
    assertThat(books.lost()).isZero();
    assertThat(buffer.bytes()).isZero();
  }

  @Test
  void aDirectoryWhoseLockWasCleanedAwayIsTakenOver() throws IOException {
    DiskBuffer first = buffer("shop", new Books());
    append(first, "a", "b");
    first.close();
    for (Path path : everything()) {
      if (path.endsWith("lock")) {
        Files.delete(path);
      }
    }

    DiskBuffer second = buffer("shop", books);
    second.adopt();

    assertThat(drain(second)).containsExactly("a", "b");
  }

  @Test
  void aLockIsTouchedNowAndThen() throws IOException {
    DiskBuffer buffer = buffer("shop", books);
    append(buffer, "a");
    File lock =
        everything().stream().filter(path -> path.endsWith("lock")).findFirst().get().toFile();
    assertThat(lock.setLastModified(1000)).isTrue();

    buffer.adopt();

    assertThat(lock.lastModified()).isGreaterThan(1000);
  }

  @Test
  void aDirectoryThatIsJustBeingMadeIsLeftAlone() throws IOException {
    DiskBuffer buffer = buffer("shop", books);
    append(buffer, "a");
    Path made =
        Files.createDirectory(root().resolve(BufferHome.prefix("shop") + "0123456789abcdef"));

    buffer.adopt();
    assertThat(made).exists();

    assertThat(made.toFile().setLastModified(1000)).isTrue();
    buffer.adopt();
    assertThat(made).doesNotExist();
  }

  @Test
  void anInterruptDoesNotHarm() {
    DiskBuffer buffer = buffer("shop", books);
    Thread.currentThread().interrupt();
    append(buffer, "a");
    String first = next(buffer);

    assertThat(Thread.interrupted()).isTrue();
    append(buffer, "b");
    assertThat(first).isEqualTo("a");
    assertThat(drain(buffer)).containsExactly("a", "b");
  }

  private Path root() {
    return folder.resolve("spans");
  }

  private DiskBuffer buffer(String service, BufferBooks books) {
    return buffer(service, books, new PrivateFiles());
  }

  private DiskBuffer buffer(String service, BufferBooks books, PrivateFiles files) {
    DiskBuffer buffer =
        new DiskBuffer(
            new BufferSettings(root().toFile(), service, MIB, AGE), books, () -> now, files);
    buffers.add(buffer);
    return buffer;
  }

  private static void append(DiskBuffer buffer, String... payloads) {
    for (String payload : payloads) {
      byte[] bytes = payload.getBytes(UTF_8);
      assertThat(buffer.append(bytes, bytes.length, 1)).isNotNull();
    }
  }

  private static String next(DiskBuffer buffer) {
    return new String(buffer.request(buffer.oldest()), UTF_8);
  }

  private static void settleOldest(DiskBuffer buffer) {
    assertThat(buffer.settle(buffer.oldest())).isTrue();
  }

  private static List<String> drain(DiskBuffer buffer) {
    List<String> payloads = new ArrayList<>();
    StoredBatch batch;
    while ((batch = buffer.oldest()) != null) {
      byte[] payload = buffer.request(batch);
      if (payload != null) {
        payloads.add(new String(payload, UTF_8));
        assertThat(buffer.settle(batch)).isTrue();
      }
    }
    return payloads;
  }

  private List<Path> everything() throws IOException {
    if (!Files.exists(root())) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(root())) {
      List<Path> found = new ArrayList<>(paths.toList());
      // The directory of the setting itself stays.
      if (found.size() == 1) {
        found.clear();
      }
      return found;
    }
  }

  private void deleteEverything() throws IOException {
    try (Stream<Path> paths = Files.walk(root())) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private long sizeOnDisk() {
    try (Stream<Path> paths = Files.walk(root())) {
      return paths.filter(Files::isRegularFile).mapToLong(path -> path.toFile().length()).sum();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
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
