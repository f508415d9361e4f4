package okio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void buffersMoveBytesAsTheyAre(long seed) throws Exception {
    Random random = new Random(seed);
    byte[] bytes = new byte[400_000];
    random.nextBytes(bytes);
    Buffer source = new Buffer();
    Buffer between = new Buffer();
    Buffer received = new Buffer();
    int written = 0;

    while (received.size() < bytes.length) {
      int piece = Math.min(random.nextInt(20_000), bytes.length - written);
      source.write(bytes, written, piece);
      written += piece;
      Buffer copy = source.clone();
      between.write(source, random.nextInt(1 + (int) source.size()));
      received.write(between, random.nextInt(1 + (int) between.size()));
      if (random.nextInt(4) == 0) {
        source.clear();
        source.write(copy, copy.size());
        between.skip(between.size());
        source.clear();
        written = (int) received.size();
      }
    }

    assertThat(received.readByteArray(bytes.length)).isEqualTo(bytes);
  }

  @Test
  void whatIsSplitOffSharesNothing() {
    Segment segment = ring();
    segment.limit = 5000;
    segment.data[0] = 1;
    segment.data[3000] = 2;

    Segment prefix = segment.split(3000);

    assertThat(prefix.data).isNotSameAs(segment.data);
    assertThat(prefix.shared || segment.shared).isFalse();
    assertThat(prefix.next).isSameAs(segment);
    assertThat(prefix.data[prefix.pos]).isEqualTo((byte) 1);
    assertThat(prefix.limit - prefix.pos).isEqualTo(3000);
    assertThat(segment.data[segment.pos]).isEqualTo((byte) 2);
    assertThat(segment.limit - segment.pos).isEqualTo(2000);
  }

  @Test
  void nothingIsWrittenToAnArrayOfAnother() {
    Segment copy = new Segment().sharedCopy();

    assertThatThrownBy(() -> new Segment().writeTo(copy, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sharedBytesAreNotMoved() {
    Segment sink = new Segment();
    sink.pos = 100;
    sink.limit = Segment.SIZE;
    sink.sharedCopy();
    Segment segment = new Segment();
    segment.limit = 50;

    assertThatThrownBy(() -> segment.writeTo(sink, 50))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Segment ring() {
    Segment segment = new Segment();
    segment.next = segment;
    segment.prev = segment;
    return segment;
  }
}
