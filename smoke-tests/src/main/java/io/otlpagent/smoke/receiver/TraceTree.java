package io.otlpagent.smoke.receiver;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** One trace as a tree; {@link #toString()} draws it, a line for each span. */
public final class TraceTree {

  private static final int NAME_WIDTH = 64;
  private static final int TEXT_LIMIT = 80;

  private final List<ReceivedSpan> spans;
  private final Set<String> ids = new HashSet<>();

  /**
   * @param spans of one trace; not empty
   */
  public TraceTree(List<ReceivedSpan> spans) {
    this.spans =
        spans.stream()
            .sorted(Comparator.comparingLong(ReceivedSpan::startEpochNanos))
            .collect(Collectors.toList());
    spans.forEach(span -> ids.add(span.id()));
  }

  public int size() {
    return spans.size();
  }

  /** The roots, and the spans whose parent is not here. */
  public List<ReceivedSpan> tops() {
    return spans.stream().filter(span -> !ids.contains(span.parentId())).toList();
  }

  public List<ReceivedSpan> children(ReceivedSpan parent) {
    return spans.stream().filter(span -> span.parentId().equals(parent.id())).toList();
  }

  /**
   * The tree in one line: {@code SERVER GET /a(CLIENT SELECT t, CLIENT GET(SERVER GET /b))};
   * siblings are in the order of their start.
   */
  public String shape() {
    return tops().stream().map(this::shape).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    ReceivedSpan first = spans.get(0);
    StringBuilder text = new StringBuilder();
    text.append("trace ").append(first.traceId()).append("  ").append(first.service());
    text.append("  ").append(spans.size()).append(spans.size() == 1 ? " span\n" : " spans\n");
    for (ReceivedSpan top : tops()) {
      String missing = top.parentId().isEmpty() ? "" : "  (parent not received)";
      line(text, "", top, missing);
      descend(text, "", top);
    }
    return text.toString();
  }

  private String shape(ReceivedSpan span) {
    List<ReceivedSpan> children = children(span);
    String self = span.kind() + " " + span.name();
    return children.isEmpty()
        ? self
        : self + children.stream().map(this::shape).collect(Collectors.joining(", ", "(", ")"));
  }

  private void descend(StringBuilder text, String indent, ReceivedSpan parent) {
    List<ReceivedSpan> children = children(parent);
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      line(text, indent + (last ? "└─ " : "├─ "), children.get(i), "");
      descend(text, indent + (last ? "   " : "│  "), children.get(i));
    }
  }

  private static void line(StringBuilder text, String indent, ReceivedSpan span, String remark) {
    String label = indent + span.kind().toLowerCase(Locale.ROOT) + " " + span.name();
    text.append("  ").append(label).append(" ".repeat(Math.max(1, NAME_WIDTH - label.length())));
    text.append(String.format(Locale.ROOT, "%9.3f ms", span.durationNanos() / 1e6));
    text.append(span.error() ? "  ERROR " + span.attribute("error.type") : "");
    text.append(remark).append(detail(span)).append('\n');
  }

  private static String detail(ReceivedSpan span) {
    String statement = span.attribute("db.query.text");
    if (!statement.isEmpty()) {
      boolean fits = statement.length() <= TEXT_LIMIT;
      return "  " + (fits ? statement : statement.substring(0, TEXT_LIMIT) + "...");
    }
    String target = span.attribute("url.full") + span.attribute("url.path");
    String status = span.attribute("http.response.status_code");
    return (status.isEmpty() ? "" : "  " + status) + (target.isEmpty() ? "" : "  " + target);
  }
}
