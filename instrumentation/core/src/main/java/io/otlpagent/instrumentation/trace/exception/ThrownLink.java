package io.otlpagent.instrumentation.trace.exception;

/**
 * One throwable of a stack trace: what it calls itself, and its frames as lines. Immutable; made by
 * the thread that threw, read by the exporter thread.
 */
public final class ThrownLink {

  private final String caption;
  private final String type;
  private final String description;
  private final String frames;
  private final boolean ofDatabase;
  private final boolean printed;

  /**
   * @param caption what stands before it, such as {@code Caused by:} with its indentation
   * @param description the class and the message, or whatever its {@code toString} makes
   * @param frames each with its line break
   * @param ofDatabase whether it is an {@code SQLException}, or belongs to one
   * @param printed whether it is in the stack trace
   */
  ThrownLink(
      String caption,
      String type,
      String description,
      String frames,
      boolean ofDatabase,
      boolean printed) {
    this.caption = caption;
    this.type = type;
    this.description = description;
    this.frames = frames;
    this.ofDatabase = ofDatabase;
    this.printed = printed;
  }

  /** What it says without the name of its class; empty if that is nothing. */
  public String text() {
    if (!description.startsWith(type)) {
      return description;
    }
    int start = type.length();
    return description.substring(description.startsWith(": ", start) ? start + 2 : start);
  }

  /** Whether a database speaks here, and may quote values. */
  public boolean ofDatabase() {
    return ofDatabase;
  }

  /** The same throwable with another text; empty for none. */
  public ThrownLink withText(String text) {
    String other = description.startsWith(type) || text.isEmpty() ? type : "";
    if (!text.isEmpty()) {
      other = other.isEmpty() ? text : other + ": " + text;
    }
    return new ThrownLink(caption, type, other, frames, ofDatabase, printed);
  }

  void appendTo(StringBuilder out) {
    if (printed) {
      out.append(caption).append(description).append('\n').append(frames);
    }
  }
}
