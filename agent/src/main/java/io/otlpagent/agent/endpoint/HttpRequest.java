package io.otlpagent.agent.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP/1 request. Strict: what is not understood is refused, never guessed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112, HTTP/1.1</a>
 */
final class HttpRequest {

  private final String method;
  private final String path;
  private final @Nullable String authority;
  private final List<String[]> headers;

  private HttpRequest(
      String method, String path, @Nullable String authority, List<String[]> headers) {
    this.method = method;
    this.path = path;
    this.authority = authority;
    this.headers = headers;
  }

  /**
   * @param head request line and headers, without the empty line
   */
  static HttpRequest parse(String head) throws HttpException {
    List<String> lines = lines(head);
    String line = lines.get(0);
    int methodEnd = line.indexOf(' ');
    int targetEnd = line.indexOf(' ', methodEnd + 1);
    if (methodEnd <= 0 || targetEnd < 0 || !isToken(line.substring(0, methodEnd))) {
      throw new HttpException(400, "malformed request line");
    }
    String version = line.substring(targetEnd + 1);
    if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
      throw version.startsWith("HTTP/") && version.length() == 8
          ? new HttpException(505, "only HTTP/1.1 and HTTP/1.0 are supported")
          : new HttpException(400, "malformed request line");
    }
    List<String[]> headers = headers(lines);
    String target = line.substring(methodEnd + 1, targetEnd);
    String authority = host(headers, version.equals("HTTP/1.1"));
    if (target.regionMatches(true, 0, "http://", 0, 7)) {
      // The absolute form, which a server must accept; its authority beats the header.
      int slash = target.indexOf('/', 7);
      authority = slash < 0 ? target.substring(7) : target.substring(7, slash);
      target = slash < 0 ? "/" : target.substring(slash);
    }
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    return new HttpRequest(line.substring(0, methodEnd), path, authority, headers);
  }

  private static List<String> lines(String head) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start <= head.length()) {
      int end = head.indexOf('\n', start);
      if (end < 0) {
        end = head.length();
      }
      boolean carriageReturn = end > start && head.charAt(end - 1) == '\r';
      lines.add(head.substring(start, carriageReturn ? end - 1 : end));
      start = end + 1;
    }
    return lines;
  }

  private static List<String[]> headers(List<String> lines) throws HttpException {
    List<String[]> headers = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      // Also refuses folded lines and a space before the colon, the stuff of request smuggling.
      if (colon <= 0 || !isToken(line.substring(0, colon))) {
        throw new HttpException(400, "malformed header");
      }
      String value = line.substring(colon + 1).trim();
      for (int i = 0; i < value.length(); i++) {
        if (value.charAt(i) < 0x20 && value.charAt(i) != '\t') {
          throw new HttpException(400, "malformed header");
        }
      }
      headers.add(new String[] {line.substring(0, colon).toLowerCase(Locale.ROOT), value});
    }
    return headers;
  }

  private static @Nullable String host(List<String[]> headers, boolean required)
      throws HttpException {
    String host = null;
    for (String[] header : headers) {
      if (header[0].equals("host")) {
        if (host != null) {
          throw new HttpException(400, "more than one Host header");
        }
        host = header[1];
      }
    }
    if (host == null && required) {
      throw new HttpException(400, "the Host header is missing");
    }
    return host;
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  String method() {
    return method;
  }

  /** Without the query. */
  String path() {
    return path;
  }

  /** Host and port that the client thinks it talks to; null in HTTP/1.0 without a header. */
  @Nullable String authority() {
    return authority;
  }

  /**
   * All values of a header, joined by commas; empty if there is none.
   *
   * @param name in lower case
   */
  String header(String name) {
    StringBuilder value = new StringBuilder();
    for (String[] header : headers) {
      if (header[0].equals(name)) {
        value.append(value.length() == 0 ? "" : ",").append(header[1]);
      }
    }
    return value.toString();
  }
}
