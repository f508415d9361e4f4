package io.otlpagent.agent.export;

import org.jspecify.annotations.Nullable;

/** Finds the {@code message} of a {@code google.rpc.Status} that is written as JSON. */
final class JsonMessage {

  private static final String KEY = "\"message\"";

  private final String json;
  private int at;

  private JsonMessage(String json) {
    this.json = json;
  }

  /** Null if there is none. */
  static @Nullable String of(String json) {
    int key = json.indexOf(KEY);
    if (key < 0) {
      return null;
    }
    JsonMessage reader = new JsonMessage(json);
    reader.at = key + KEY.length();
    return reader.skip(':') && reader.skip('"') ? reader.string() : null;
  }

  private boolean skip(char wanted) {
    while (at < json.length() && json.charAt(at) <= ' ') {
      at++;
    }
    return at < json.length() && json.charAt(at++) == wanted;
  }

  /** Up to the closing quote; null if there is none. */
  private @Nullable String string() {
    StringBuilder text = new StringBuilder();
    while (at < json.length()) {
      char c = json.charAt(at++);
      if (c == '"') {
        return text.toString();
      }
      text.append(c == '\\' ? escaped() : c);
    }
    return null;
  }

  private char escaped() {
    char c = at < json.length() ? json.charAt(at++) : ' ';
    switch (c) {
      case 'n':
      case 'r':
      case 't':
      case 'b':
      case 'f':
        return ' ';
      case 'u':
        return unicode();
      default:
        return c;
    }
  }

  private char unicode() {
    if (at + 4 > json.length()) {
      at = json.length();
      return '?';
    }
    String digits = json.substring(at, at + 4);
    at += 4;
    try {
      return (char) Integer.parseInt(digits, 16);
    } catch (NumberFormatException e) {
      return '?';
    }
  }
}
