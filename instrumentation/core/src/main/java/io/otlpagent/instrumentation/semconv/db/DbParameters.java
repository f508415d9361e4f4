package io.otlpagent.instrumentation.semconv.db;

import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a prepared statement, as they were set last. Belongs to the thread that uses
 * the statement until a span has it; from then on it does not change, and the next parameter goes
 * into a copy.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/db/">{@code
 *     db.query.parameter.<key>}</a>
 */
public final class DbParameters {

  /** As many attributes as a span has unless somebody asks for more; further ones are left out. */
  static final int MAX_COUNT = 128;

  /** The most characters that are kept of a value: it waits in the queue with its span. */
  static final int MAX_LENGTH = 4096;

  /**
   * The most characters that are kept of all values and names of a statement; a value that would go
   * beyond is left out.
   */
  static final int MAX_TOTAL = 16_384;

  private static final String PREFIX = "db.query.parameter.";
  private static final String NULL = "null";
  private static final Object[] EMPTY = {};
  private static final int NONE = -1;

  /** Of numbers, dates, UUIDs. */
  private static final int TYPICAL_LENGTH = 24;

  // Strings, or what does not change and becomes one on the exporter thread; null if not known.
  private @Nullable Object[] indexed = EMPTY;

  // Names and values in turn.
  private @Nullable Object[] named = EMPTY;

  // The characters that are kept.
  private int total;

  // Where the last one went; of a name, after all indexes.
  private int last = NONE;
  private boolean lastNamed;
  private boolean shared;

  /**
   * Sets a parameter by its index, from 0.
   *
   * @return these parameters, or a copy if a span has them
   */
  public DbParameters with(int index, @Nullable Object value) {
    DbParameters mine = mine();
    mine.last = NONE;
    if (index >= 0 && index < MAX_COUNT) {
      if (index >= mine.indexed.length) {
        mine.indexed = Arrays.copyOf(mine.indexed, Math.min(MAX_COUNT, Math.max(index + 1, 8)));
      }
      mine.indexed[index] = mine.fitting(mine.indexed[index], value);
      mine.last = index;
      mine.lastNamed = false;
    }
    return mine;
  }

  /** Sets a parameter by its name. */
  public DbParameters with(String name, @Nullable Object value) {
    DbParameters mine = mine();
    int at = 0;
    while (at < mine.named.length && !name.equals(mine.named[at])) {
      at += 2;
    }
    mine.last = NONE;
    boolean more = at == mine.named.length;
    if (!more || (at < 2 * MAX_COUNT && name.length() <= MAX_TOTAL - mine.total)) {
      if (more) {
        mine.named = Arrays.copyOf(mine.named, at + 2);
        mine.named[at] = name;
        mine.total += name.length();
      }
      mine.named[at + 1] = mine.fitting(mine.named[at + 1], value);
      mine.last = at + 1;
      mine.lastNamed = true;
    }
    return mine;
  }

  /** Forgets the last one, which the driver has refused. */
  public void undo() {
    if (last != NONE && !shared) {
      @Nullable Object[] values = lastNamed ? named : indexed;
      total -= length(values[last]);
      values[last] = null;
      last = NONE;
    }
  }

  /** From now on they belong to a span. */
  public DbParameters share() {
    shared = true;
    return this;
  }

  private DbParameters mine() {
    if (!shared) {
      return this;
    }
    DbParameters copy = new DbParameters();
    copy.indexed = indexed.clone();
    copy.named = named.clone();
    copy.total = total;
    return copy;
  }

  /** What to keep of a value in the place of another one; null if it is too long for the rest. */
  private @Nullable Object fitting(@Nullable Object before, @Nullable Object value) {
    total -= length(before);
    Object kept = form(value);
    int length = length(kept);
    if (length > MAX_TOTAL - total) {
      return null;
    }
    total += length;
    return kept;
  }

  /** About the length of the string of a value that is kept. */
  private static int length(@Nullable Object kept) {
    if (kept instanceof String) {
      return ((String) kept).length();
    }
    if (kept instanceof BigDecimal) {
      return ((BigDecimal) kept).precision();
    }
    if (kept instanceof BigInteger) {
      return ((BigInteger) kept).bitLength() / 3;
    }
    return kept == null ? 0 : TYPICAL_LENGTH;
  }

  /** Writes what is known; called on the exporter thread. */
  void writeTo(AttributeWriter writer) {
    for (int i = 0; i < indexed.length; i++) {
      Object value = indexed[i];
      if (value != null) {
        writer.put(IndexKeys.KEYS[i], value.toString());
      }
    }
    for (int i = 0; i < named.length; i += 2) {
      Object value = named[i + 1];
      if (value != null) {
        writer.put(AttributeKey.of(PREFIX + named[i]), value.toString());
      }
    }
  }

  /**
   * What to keep of a value. Code of the application or of a driver is not called for it, and what
   * may change later is made a string at once.
   *
   * @return null for what has no short text: streams, arrays, objects of other types; and for URLs,
   *     which the application's handler writes, and which may have a password
   */
  private static @Nullable Object form(@Nullable Object value) {
    if (value == null) {
      return NULL;
    }
    if (value instanceof String) {
      return cut((String) value);
    }
    if (value instanceof Enum) {
      return ((Enum<?>) value).name();
    }
    Class<?> type = value.getClass();
    if (type == BigDecimal.class) {
      return ((BigDecimal) value).precision() <= MAX_LENGTH ? value : null;
    }
    if (type == BigInteger.class) {
      return ((BigInteger) value).bitLength() <= MAX_LENGTH ? value : null;
    }
    String name = type.getName();
    if (type == UUID.class || name.startsWith("java.time.")) {
      return value;
    }
    if (!name.startsWith("java.")) {
      return null;
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof Character) {
      return name.startsWith("java.lang.") ? value : value.toString();
    }
    return value instanceof Date ? value.toString() : null;
  }

  private static String cut(String text) {
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    boolean insidePair = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1));
    return text.substring(0, insidePair ? MAX_LENGTH - 1 : MAX_LENGTH);
  }

  /** The keys of indexes, made when the first is written. */
  private static final class IndexKeys {

    static final AttributeKey[] KEYS = new AttributeKey[MAX_COUNT];

    static {
      for (int i = 0; i < MAX_COUNT; i++) {
        KEYS[i] = AttributeKey.of(PREFIX + i);
      }
    }
  }
}
