package io.otlpagent.instrumentation.trace.attribute;

import org.jspecify.annotations.Nullable;

/**
 * Attributes that many spans have in common. Their writer may leave its encoded form here, and need
 * not read them again for the next span.
 */
public abstract class AttributeBlock {

  // Written and read by the exporter thread; immutable, as another writer may look at it.
  private volatile @Nullable Object form;

  /** Writes the attributes; the same ones each time. Called on the exporter thread. */
  public abstract void writeTo(AttributeWriter writer);

  /** What a writer left last; whether that is of use is for the reader to find out. */
  public final @Nullable Object form() {
    return form;
  }

  public final void remember(Object form) {
    this.form = form;
  }
}
