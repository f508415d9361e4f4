package io.otlpagent.instrumentation.trace.attribute;

import java.nio.charset.StandardCharsets;

/** The name of an attribute, with its UTF-8 form made once. Immutable; compared by identity. */
public final class AttributeKey {

  private final String name;
  private final byte[] utf8;

  private AttributeKey(String name) {
    this.name = name;
    this.utf8 = name.getBytes(StandardCharsets.UTF_8);
  }

  public static AttributeKey of(String name) {
    return new AttributeKey(name);
  }

  public String name() {
    return name;
  }

  /** The UTF-8 bytes of the name. Not a copy: the caller must not change them. */
  public byte[] utf8() {
    return utf8;
  }

  @Override
  public String toString() {
    return name;
  }
}
