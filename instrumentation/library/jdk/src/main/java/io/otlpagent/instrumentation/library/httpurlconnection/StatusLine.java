package io.otlpagent.instrumentation.library.httpurlconnection;

import org.jspecify.annotations.Nullable;

/** Parses the first line of a response (RFC 9112, section 4). */
final class StatusLine {

  private StatusLine() {}

  /** The status code; 0 if the line is not a status line. */
  static int status(@Nullable String line) {
    if (line == null || !line.startsWith("HTTP/")) {
      return 0;
    }
    int start = line.indexOf(' ');
    while (start > 0 && start < line.length() && line.charAt(start) == ' ') {
      start++;
    }
    if (start < 0 || start + 3 > line.length()) {
      return 0;
    }
    int status = 0;
    for (int i = start; i < start + 3; i++) {
      int digit = line.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      status = status * 10 + digit;
    }
    return status;
  }

  /** {@code 1.1} or {@code 1.0}; null for anything else. */
  static @Nullable String version(@Nullable String line) {
    if (line == null) {
      return null;
    }
    if (line.startsWith("HTTP/1.1")) {
      return "1.1";
    }
    return line.startsWith("HTTP/1.0") ? "1.0" : null;
  }
}
