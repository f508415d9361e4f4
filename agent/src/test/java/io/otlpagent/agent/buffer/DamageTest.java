package io.otlpagent.agent.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a file of five batches, of 10 to 50 spans, once somebody has damaged it. */
class DamageTest {

  private static final int BATCHES = 5;
  private static final int SPANS = 150;

  @TempDir private Path folder;
  private byte[] sound;
  private int[] ends;

  @BeforeEach
  void write() throws IOException {
    DiskBuffer buffer = buffer(new Books());
    Random random = new Random(7);
    ends = new int[BATCHES];
    for (int i = 0; i < BATCHES; i++) {
      byte[] payload = new byte[40 + 10 * i];
      random.nextBytes(payload);
      payload[0] = (byte) i;
      assertThat(buffer.append(payload, payload.length, (i + 1) * 10)).isNotNull();
      ends[i] = (int) buffer.bytes();
    }
    buffer.close();
    sound = Files.readAllBytes(file());
    Files.delete(file());
  }

  @Test
  void anyDamagedByteCostsItsOwnBatchOnly() throws IOException {
    for (int at = 0; at < sound.length; at++) {
      byte[] damaged = sound.clone();
      damaged[at] ^= (byte) 0x81;

      Outcome outcome = read(damaged);

      int hit = batchAt(at);
      List<Integer> others = new ArrayList<>(List.of(0, 1, 2, 3, 4));
      boolean harmless = outcome.lost == 0;
      if (harmless) {
        // The state of a batch has one value that means anything.
        assertThat(at - (hit == 0 ? 0 : ends[hit - 1])).isEqualTo(RecordHeader.STATE_AT);
      } else {
        others.remove(hit);
      }
      assertThat(outcome.batches).as("byte %d of batch %d", at, hit).isEqualTo(others);
      assertThat(outcome.recovered).isEqualTo(outcome.spans + outcome.lost);
      if (hit < BATCHES - 1) {
        assertThat(outcome.recovered).isEqualTo(SPANS);
      }
    }
  }

  @Test
  void aTornEndCostsTheLastBatchOnly() throws IOException {
    for (int length = 0; length < sound.length; length++) {
      Outcome outcome = read(Arrays.copyOf(sound, length));

      int whole = batchAt(length);
      assertThat(outcome.batches).as("%d bytes", length).hasSize(whole);
      assertThat(outcome.recovered).isEqualTo(outcome.spans + outcome.lost);
      assertThat(outcome.lost == 0).isEqualTo(length == 0 || isEnd(length));
    }
  }

  @Test
  void bytesInBetweenAreSkipped() throws IOException {
    byte[] longer = new byte[sound.length + 20_000];
    new Random(8).nextBytes(longer);
    System.arraycopy(sound, 0, longer, 0, ends[1]);
    System.arraycopy(sound, ends[1], longer, ends[1] + 20_000, sound.length - ends[1]);

    assertThat(read(longer).batches).containsExactly(0, 1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomDamageNeitherInventsNorReordersNorFails(long seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      byte[] damaged = Arrays.copyOf(sound, random.nextInt(sound.length + 100));
      for (int hits = random.nextInt(6); hits > 0; hits--) {
        if (damaged.length > 0) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
      }

      Outcome outcome = read(damaged);

      assertThat(outcome.batches).isSorted().doesNotHaveDuplicates();
      assertThat(outcome.recovered).isEqualTo(outcome.spans + outcome.lost);
    }
  }

  private int batchAt(int position) {
    int batch = 0;
    while (batch < BATCHES && position >= ends[batch]) {
      batch++;
    }
    return batch;
  }

  private boolean isEnd(int length) {
    return Arrays.stream(ends).anyMatch(end -> end == length);
  }

  private Outcome read(byte[] content) throws IOException {
    Path home = folder.resolve("spans").resolve(BufferHome.prefix("shop") + "0123456789abcdef");
    Files.createDirectories(home);
    Files.write(home.resolve("lock"), new byte[0]);
    Files.write(home.resolve("1.spans"), content);
    Books books = new Books();
    DiskBuffer buffer = buffer(books);
    buffer.adopt();
    Outcome outcome = new Outcome();
    StoredBatch batch;
    while ((batch = buffer.oldest()) != null) {
      byte[] payload = buffer.request(batch);
      if (payload != null) {
        outcome.batches.add((int) payload[0]);
        outcome.spans += batch.spans();
        buffer.settle(batch);
      }
    }
    assertThat(buffer.bytes()).isZero();
    buffer.close();
    outcome.recovered = books.recovered;
    outcome.lost = books.lost();
    assertThat(outcome.lost).isEqualTo(books.lost(BufferLoss.CORRUPT));
    return outcome;
  }

  private DiskBuffer buffer(Books books) {
    return new DiskBuffer(
        new BufferSettings(folder.resolve("spans").toFile(), "shop", 1 << 20, Long.MAX_VALUE / 2),
        books);
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(path -> path.toString().endsWith(Segment.SUFFIX)).findFirst().get();
    }
  }

  private static final class Outcome {
    final List<Integer> batches = new ArrayList<>();
    int spans;
    int recovered;
    int lost;
  }
}
