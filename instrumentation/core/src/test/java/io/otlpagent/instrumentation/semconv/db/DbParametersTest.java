package io.otlpagent.instrumentation.semconv.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.Month;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DbParametersTest {

  private static final String PREFIX = "db.query.parameter.";

  private final DbParameters parameters = new DbParameters();

  @Test
  void valuesHaveTheirStringForm() {
    UUID id = new UUID(1, 2);
    Object[] values = {
      "a",
      1,
      2L,
      (short) 3,
      (byte) 4,
      5.5,
      6.5f,
      true,
      'c',
      new BigDecimal("7.10"),
      BigInteger.TEN,
      id,
      LocalDate.of(2026, 1, 2),
      Month.MAY,
      null
    };
    for (int i = 0; i < values.length; i++) {
      parameters.with(i, values[i]);
    }

    assertThat(written(parameters).values())
        .containsExactly(
            "a",
            "1",
            "2",
            "3",
            "4",
            "5.5",
            "6.5",
            "true",
            "c",
            "7.10",
            "10",
            id.toString(),
            "2026-01-02",
            "MAY",
            "null");
  }

  @Test
  void whatMayChangeIsReadAtOnce() {
    Timestamp time = Timestamp.valueOf("2026-01-02 03:04:05");
    AtomicInteger number = new AtomicInteger(1);
    parameters.with(0, time).with(1, number);

    time.setTime(0);
    number.set(2);

    assertThat(written(parameters).values()).containsExactly("2026-01-02 03:04:05.0", "1");
  }

  @Test
  void codeOfOthersIsNotCalled() {
    Object foreign =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException();
          }
        };
    parameters.with(0, "before").with(0, foreign).with(1, new byte[3]).with(2, List.of("x"));

    assertThat(written(parameters)).isEmpty();
  }

  @Test
  void urlsAreNotTold() throws Exception {
    URLStreamHandler handler =
        new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL url) {
            throw new IllegalStateException();
          }

          @Override
          protected String toExternalForm(URL url) {
            throw new IllegalStateException();
          }
        };
    parameters
        .with(0, new URL(null, "mine://user:secret@host/", handler))
        .with(1, new URL("http://user:secret@host/"));

    assertThat(written(parameters)).isEmpty();
  }

  @Test
  void whatASpanHasDoesNotChange() {
    DbParameters first = parameters.with(0, 1).with("n", "x").share();

    DbParameters second = first.with(0, 2).with("n", "y").with("m", "z");

    assertThat(written(first)).isEqualTo(Map.of(PREFIX + "0", "1", PREFIX + "n", "x"));
    assertThat(written(second))
        .isEqualTo(Map.of(PREFIX + "0", "2", PREFIX + "n", "y", PREFIX + "m", "z"));
  }

  @Test
  void refusedOneIsForgottenAndNoOther() {
    parameters.with(0, 1).with("n", "x").with(1, 2).undo();
    parameters.undo();
    assertThat(written(parameters).values()).containsExactly("1", "x");

    parameters.with("n", "y").undo();
    parameters.with(DbParameters.MAX_COUNT, "beyond").undo();
    assertThat(written(parameters).values()).containsExactly("1");
  }

  @Test
  void countAndLengthHaveBounds() {
    for (int i = 0; i < 1000; i++) {
      parameters.with(i, "v").with("name" + i, "v");
    }
    parameters.with(-1, "v");
    assertThat(written(parameters)).hasSize(2 * DbParameters.MAX_COUNT);

    String text = "x".repeat(DbParameters.MAX_LENGTH - 1);
    parameters
        .with(0, text + "ab")
        .with(1, text + "\uD83D\uDE00")
        .with(2, BigInteger.ONE.shiftLeft(1_000_000))
        .with(3, new BigDecimal(BigInteger.ONE.shiftLeft(1_000_000)));

    Map<String, String> written = written(parameters);
    assertThat(written.get(PREFIX + "0")).isEqualTo(text + "a");
    assertThat(written.get(PREFIX + "1")).isEqualTo(text);
    assertThat(written).doesNotContainKeys(PREFIX + "2", PREFIX + "3");
  }

  @Test
  void allOfAStatementHaveABoundTogether() {
    String text = "x".repeat(DbParameters.MAX_LENGTH);
    for (int i = 0; i < DbParameters.MAX_COUNT; i++) {
      parameters.with(i, text).with("n" + i, text);
    }
    assertThat(length(written(parameters)))
        .isBetween(DbParameters.MAX_TOTAL - DbParameters.MAX_LENGTH, DbParameters.MAX_TOTAL);

    parameters.share();
    DbParameters next = parameters;
    for (int i = 0; i < DbParameters.MAX_COUNT; i++) {
      next = next.with(i, "short").with("n" + i, "");
    }
    assertThat(written(next)).hasSizeGreaterThan(DbParameters.MAX_COUNT).containsValue("short");

    next.with(0, text).undo();
    next.with(0, text).with(0, "y".repeat(DbParameters.MAX_TOTAL));
    assertThat(written(next).get(PREFIX + "0")).startsWith("yyy");
  }

  @Test
  void namesCountToo() {
    DbParameters next = parameters;
    for (int i = 0; i < 100; i++) {
      next = next.with("n".repeat(1000) + i, i);
    }

    Map<String, String> written = written(next);
    assertThat(written.keySet().stream().mapToInt(key -> key.length() - PREFIX.length()).sum())
        .isBetween(10_000, DbParameters.MAX_TOTAL);
    written.forEach((key, value) -> assertThat(key).endsWith("n" + value));
  }

  private static int length(Map<String, String> written) {
    return written.values().stream().mapToInt(String::length).sum();
  }

  private static Map<String, String> written(DbParameters parameters) {
    Map<String, String> written = new LinkedHashMap<>();
    parameters.writeTo(
        new AttributeWriter() {
          @Override
          public void put(AttributeKey key, @Nullable String value) {
            written.put(key.name(), value);
          }

          @Override
          public void put(AttributeKey key, long value) {
            throw new AssertionError(key);
          }

          @Override
          public void put(AttributeKey key, boolean value) {
            throw new AssertionError(key);
          }

          @Override
          public void put(AttributeKey key, List<String> values) {
            throw new AssertionError(key);
          }
        });
    return written;
  }
}
