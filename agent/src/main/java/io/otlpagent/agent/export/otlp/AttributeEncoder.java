package io.otlpagent.agent.export.otlp;

import io.otlpagent.instrumentation.trace.attribute.AttributeBlock;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes attributes as {@code KeyValue} messages: the one place where limits are applied. Used by
 * the exporter thread.
 */
final class AttributeEncoder implements AttributeWriter {

  /** A larger block, as of a huge query, is not worth the memory. */
  private static final int MAX_ENCODED_BLOCK = 4096;

  private final ProtoBuffer buffer;
  private final AttributeLimits limits;

  private int field;
  private int most;
  private int written;
  private int dropped;

  AttributeEncoder(ProtoBuffer buffer, AttributeLimits limits) {
    this.buffer = buffer;
    this.limits = limits;
  }

  /** Begins the attributes of a message; {@code field} is their number in it. */
  void begin(int field) {
    begin(field, limits.count());
  }

  /** {@link #begin(int)} with another limit. */
  void begin(int field, int most) {
    this.field = field;
    this.most = most;
    this.written = 0;
    this.dropped = 0;
  }

  /** How many attributes were left out since {@link #begin}. */
  int dropped() {
    return dropped;
  }

  @Override
  public void put(AttributeKey key, @Nullable String value) {
    if (value == null || value.isEmpty() || !accepts()) {
      return;
    }
    int chars = limits.keep(value);
    // Right for ASCII: each field has a tag of one byte, the length, and what is in it.
    int anyBytes = 1 + ProtoBuffer.varintSize(chars) + chars;
    int anyLength = ProtoBuffer.varintSize(anyBytes);
    int keyBytes = key.utf8().length;
    int pairBytes = 2 + ProtoBuffer.varintSize(keyBytes) + keyBytes + anyLength + anyBytes;
    int pairLength = ProtoBuffer.varintSize(pairBytes);
    int pair = buffer.begin(field, pairLength);
    buffer.bytesField(OtlpFields.KEY_VALUE_KEY, key.utf8());
    int any = buffer.begin(OtlpFields.KEY_VALUE_VALUE, anyLength);
    buffer.stringField(OtlpFields.ANY_STRING, value, chars);
    buffer.end(any, anyLength);
    buffer.end(pair, pairLength);
  }

  @Override
  public void put(AttributeKey key, long value) {
    if (accepts()) {
      putNumber(key, OtlpFields.ANY_INT, value);
    }
  }

  @Override
  public void put(AttributeKey key, boolean value) {
    if (accepts()) {
      putNumber(key, OtlpFields.ANY_BOOL, value ? 1 : 0);
    }
  }

  @Override
  public void put(AttributeKey key, List<String> values) {
    if (values.isEmpty() || !accepts()) {
      return;
    }
    int pair = buffer.begin(field, 1);
    buffer.bytesField(OtlpFields.KEY_VALUE_KEY, key.utf8());
    int any = buffer.begin(OtlpFields.KEY_VALUE_VALUE, 1);
    int array = buffer.begin(OtlpFields.ANY_ARRAY, 1);
    for (int i = 0; i < values.size(); i++) {
      // A list may be the application's, such as the values of a header.
      String element = values.get(i);
      String value = element == null ? "" : element;
      int start = buffer.begin(OtlpFields.ARRAY_VALUES, 1);
      buffer.stringField(OtlpFields.ANY_STRING, value, limits.keep(value));
      buffer.end(start, 1);
    }
    buffer.end(array, 1);
    buffer.end(any, 1);
    buffer.end(pair, 1);
  }

  @Override
  public void put(AttributeBlock block) {
    Object form = block.form();
    if (form instanceof EncodedBlock) {
      EncodedBlock encoded = (EncodedBlock) form;
      if (encoded.limits == limits && encoded.field == field && encoded.count <= most - written) {
        buffer.raw(encoded.bytes);
        written += encoded.count;
        return;
      }
    }
    int start = buffer.size();
    int writtenBefore = written;
    int droppedBefore = dropped;
    block.writeTo(this);
    if (dropped == droppedBefore && buffer.size() - start <= MAX_ENCODED_BLOCK) {
      block.remember(
          new EncodedBlock(limits, field, written - writtenBefore, buffer.copyFrom(start)));
    }
  }

  private void putNumber(AttributeKey key, int anyField, long value) {
    int pair = buffer.begin(field, 1);
    buffer.bytesField(OtlpFields.KEY_VALUE_KEY, key.utf8());
    int any = buffer.begin(OtlpFields.KEY_VALUE_VALUE, 1);
    buffer.varintField(anyField, value);
    buffer.end(any, 1);
    buffer.end(pair, 1);
  }

  private boolean accepts() {
    if (written < most) {
      written++;
      return true;
    }
    dropped++;
    return false;
  }

  /** A block as it was written under these limits, all of it. */
  private static final class EncodedBlock {

    final AttributeLimits limits;
    final int field;
    final int count;
    final byte[] bytes;

    EncodedBlock(AttributeLimits limits, int field, int count, byte[] bytes) {
      this.limits = limits;
      this.field = field;
      this.count = count;
      this.bytes = bytes;
    }
  }
}
