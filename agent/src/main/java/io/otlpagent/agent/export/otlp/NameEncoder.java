package io.otlpagent.agent.export.otlp;

import org.jspecify.annotations.Nullable;

/**
 * Writes the names of spans, which are mostly the same few strings: such a one is encoded when it
 * comes for the second time, and then copied. Used by the exporter thread.
 */
final class NameEncoder {

  private static final int SLOTS = 256;

  /** A longer one is not worth the memory. */
  private static final int MAX_LENGTH = 256;

  private final ProtoBuffer buffer;
  private final @Nullable String[] names = new String[SLOTS];

  // Of byte[]; null for a name that came once.
  private final @Nullable Object[] forms = new Object[SLOTS];

  NameEncoder(ProtoBuffer buffer) {
    this.buffer = buffer;
  }

  void put(int field, String name) {
    int length = AttributeLimits.DEFAULT.keep(name);
    if (length > MAX_LENGTH) {
      buffer.stringField(field, name, length);
      return;
    }
    int hash = name.hashCode();
    int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
    boolean known = name.equals(names[slot]);
    Object form = forms[slot];
    if (known && form instanceof byte[]) {
      buffer.raw((byte[]) form);
      return;
    }
    int start = buffer.size();
    buffer.stringField(field, name, length);
    names[slot] = name;
    forms[slot] = known ? buffer.copyFrom(start) : null;
  }
}
