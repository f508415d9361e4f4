package io.otlpagent.agent.export.otlp;

/** How many attributes and events a span may carry and how long values may be. Immutable. */
public final class AttributeLimits {

  /** What no value exceeds, whatever is configured: SQL and stack traces can be huge. */
  public static final int MAX_VALUE_LENGTH = 32 * 1024;

  /** The defaults of the specification: 128 of each, no limit on values but ours. */
  public static final AttributeLimits DEFAULT = new AttributeLimits(128, MAX_VALUE_LENGTH, 128);

  private final int count;
  private final int valueLength;
  private final int eventCount;
  private final int eventAttributeCount;

  /**
   * With as many attributes of an event as of a span.
   *
   * @param count of attributes of a span
   * @param valueLength of a string in UTF-16 units; {@link #MAX_VALUE_LENGTH} at most
   * @param eventCount of events of a span; one beyond it is counted as dropped
   */
  public AttributeLimits(int count, int valueLength, int eventCount) {
    this(count, valueLength, eventCount, count);
  }

  private AttributeLimits(int count, int valueLength, int eventCount, int eventAttributeCount) {
    this.count = Math.max(0, count);
    this.valueLength = Math.max(0, Math.min(valueLength, MAX_VALUE_LENGTH));
    this.eventCount = Math.max(0, eventCount);
    this.eventAttributeCount = Math.max(0, eventAttributeCount);
  }

  /** The same with another number of attributes of an event. */
  public AttributeLimits withEventAttributes(int most) {
    return new AttributeLimits(count, valueLength, eventCount, most);
  }

  int count() {
    return count;
  }

  int eventCount() {
    return eventCount;
  }

  int eventAttributeCount() {
    return eventAttributeCount;
  }

  /** How much of the text is kept: never half of a surrogate pair. */
  int keep(String text) {
    if (text.length() <= valueLength) {
      return text.length();
    }
    boolean splitsPair = valueLength > 0 && Character.isHighSurrogate(text.charAt(valueLength - 1));
    return splitsPair ? valueLength - 1 : valueLength;
  }
}
