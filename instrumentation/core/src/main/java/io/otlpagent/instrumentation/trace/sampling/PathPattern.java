package io.otlpagent.instrumentation.trace.sampling;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of paths, cut into segments in advance: a literal, <code>{name}</code> or {@code *} for
 * any one segment, {@code **} at the end for whatever follows, also nothing. Paths are compared as
 * they were sent; parameters of a segment ({@code ;jsessionid=…}) are not looked at. Immutable.
 */
final class PathPattern {

  private static final String ANY = "*";

  private final String text;
  private final @Nullable String[] literals;
  private final boolean open;

  private PathPattern(String text, @Nullable String[] literals, boolean open) {
    this.text = text;
    this.literals = literals;
    this.open = open;
  }

  /**
   * @throws IllegalArgumentException if it is no pattern; the message says what to change
   */
  static PathPattern of(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("route '" + text + "' must start with /");
    }
    List<@Nullable String> literals = new ArrayList<>();
    boolean open = false;
    int next;
    for (int start = 1; start <= text.length(); start = next + 1) {
      next = segmentEnd(text, start);
      String segment = text.substring(start, next);
      if (open) {
        throw new IllegalArgumentException("route '" + text + "' can have ** only at its end");
      }
      open = segment.equals("**");
      if (!open) {
        literals.add(literal(text, segment));
      }
    }
    return new PathPattern(text, literals.toArray(new @Nullable String[0]), open);
  }

  /** Null if it stands for any segment. */
  private static @Nullable String literal(String text, String segment) {
    boolean variable = segment.startsWith("{") && segment.endsWith("}");
    if (variable || segment.equals(ANY)) {
      return null;
    }
    if (segment.indexOf('*') >= 0 || segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0) {
      throw new IllegalArgumentException(
          "route '" + text + "': '" + segment + "' must be all literal, or {name}, or *");
    }
    return segment;
  }

  boolean matches(String path) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      return false;
    }
    int start = 1;
    for (String literal : literals) {
      if (start > path.length()) {
        return false;
      }
      int end = segmentEnd(path, start);
      if (!matches(literal, path, start, end)) {
        return false;
      }
      start = end + 1;
    }
    return open || start > path.length();
  }

  private static boolean matches(@Nullable String literal, String path, int start, int end) {
    if (literal == null) {
      return end > start;
    }
    int length = literal.length();
    return end - start >= length
        && path.startsWith(literal, start)
        && (end - start == length || path.charAt(start + length) == ';');
  }

  private static int segmentEnd(String path, int start) {
    int slash = path.indexOf('/', start);
    return slash < 0 ? path.length() : slash;
  }

  @Override
  public String toString() {
    return text;
  }
}
