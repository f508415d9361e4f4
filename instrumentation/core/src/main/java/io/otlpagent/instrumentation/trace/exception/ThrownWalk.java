package io.otlpagent.instrumentation.trace.exception;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a throwable with its causes and what was suppressed, in the order and form of {@link
 * Throwable#printStackTrace()}, but no more than is kept: causes may be endless, traces deep, and
 * {@code printStackTrace} itself may be the application's. What a database says is read to the end,
 * because others quote it. Used by the thread that threw.
 */
final class ThrownWalk {

  private static final int MAX_THROWABLES = 64;

  /** In characters; of all that is read. */
  private static final int MAX_LENGTH = 8 * SpanException.MAX_STACK_TRACE_LENGTH;

  private static final StackTraceElement[] NO_FRAMES = {};

  private final Throwable[] seen = new Throwable[MAX_THROWABLES];
  private final List<ThrownLink> links = new ArrayList<>(2);
  private final List<String> codes = new ArrayList<>(0);
  private int seenCount;
  private int length;

  private ThrownWalk() {}

  static ThrownWalk of(Throwable thrown) {
    ThrownWalk walk = new ThrownWalk();
    try {
      walk.add(thrown, "", "", NO_FRAMES, false);
      walk.addNext();
    } catch (StackOverflowError e) {
      // There was hardly any stack left where it was thrown; what has been read is worth having.
      return walk;
    }
    return walk;
  }

  List<ThrownLink> links() {
    return links;
  }

  /** States and numbers of the database's errors. */
  List<String> codes() {
    return codes;
  }

  private void add(
      Throwable first,
      String firstCaption,
      String indent,
      StackTraceElement[] firstEnclosing,
      boolean withinDatabase) {
    @Nullable Throwable thrown = first;
    String caption = indent + firstCaption;
    StackTraceElement[] enclosing = firstEnclosing;
    boolean ofDatabase = withinDatabase;
    while (thrown != null && !full()) {
      if (wasSeen(thrown)) {
        link(caption + "[CIRCULAR REFERENCE: ", thrown, "]", "", ofDatabase);
        return;
      }
      seen[seenCount++] = thrown;
      if (SqlThrown.is(thrown)) {
        ofDatabase = true;
        SqlThrown.addCodes(thrown, codes);
      }
      StackTraceElement[] frames = printed() ? Thrown.frames(thrown) : NO_FRAMES;
      link(caption, thrown, "", lines(frames, enclosing, indent), ofDatabase);
      for (Throwable suppressed : thrown.getSuppressed()) {
        if (full()) {
          return;
        }
        add(suppressed, "Suppressed: ", indent + '\t', frames, ofDatabase);
      }
      thrown = Thrown.cause(thrown);
      caption = indent + "Caused by: ";
      enclosing = frames;
    }
  }

  /** Adds what a stack trace has not, but messages may quote: the further errors of a batch. */
  private void addNext() {
    int count = seenCount;
    for (int i = 0; i < count; i++) {
      Throwable next = SqlThrown.is(seen[i]) ? SqlThrown.next(seen[i]) : null;
      while (next != null && !full() && !wasSeen(next)) {
        seen[seenCount++] = next;
        unprinted(next, Thrown.description(next));
        next = SqlThrown.next(next);
      }
    }
  }

  private void link(
      String caption, Throwable thrown, String end, String frames, boolean ofDatabase) {
    String description = Thrown.description(thrown) + end;
    if (printed()) {
      String type = thrown.getClass().getName();
      links.add(new ThrownLink(caption, type, description, frames, ofDatabase, true));
      length += caption.length() + description.length() + 1 + frames.length();
    } else if (ofDatabase) {
      unprinted(thrown, description);
    }
    String message = ofDatabase ? Thrown.message(thrown) : null;
    if (message != null && !description.endsWith(message)) {
      unprinted(thrown, message);
    }
  }

  private void unprinted(Throwable thrown, String description) {
    links.add(new ThrownLink("", thrown.getClass().getName(), description, "", true, false));
    length += description.length();
  }

  private String lines(StackTraceElement[] frames, StackTraceElement[] enclosing, String indent) {
    int own = frames.length;
    for (int i = enclosing.length - 1; i >= 0 && own > 0; i--) {
      StackTraceElement frame = frames[own - 1];
      if (frame == null || !frame.equals(enclosing[i])) {
        break;
      }
      own--;
    }
    StringBuilder out = new StringBuilder(Math.min(own, 100) * 64);
    for (int i = 0; i < own && out.length() < SpanException.MAX_STACK_TRACE_LENGTH; i++) {
      out.append(indent).append("\tat ").append(frames[i]).append('\n');
    }
    if (own < frames.length) {
      out.append(indent).append("\t... ").append(frames.length - own).append(" more\n");
    }
    return out.toString();
  }

  private boolean printed() {
    return length < SpanException.MAX_STACK_TRACE_LENGTH;
  }

  /** Whether nothing more is read. */
  private boolean full() {
    return length >= MAX_LENGTH || seenCount == MAX_THROWABLES;
  }

  /** By identity: {@code equals} may be the application's. */
  private boolean wasSeen(Throwable thrown) {
    for (int i = 0; i < seenCount; i++) {
      if (seen[i] == thrown) {
        return true;
      }
    }
    return false;
  }
}
