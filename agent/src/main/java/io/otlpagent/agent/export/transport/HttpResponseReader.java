package io.otlpagent.agent.export.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Reads HTTP/1.1 responses from a connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
final class HttpResponseReader {

  /** The specification has us refuse more. */
  static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

  private static final byte[] NO_BODY = new byte[0];
  private static final int MAX_LINE_BYTES = 16 * 1024;
  private static final int MAX_HEADERS = 200;

  private final InputStream in;
  private boolean begun;

  /**
   * @param in buffered
   */
  HttpResponseReader(InputStream in) {
    this.in = in;
  }

  /** Nothing came at all: the server had closed the connection before. */
  static final class NoResponse extends EOFException {

    private static final long serialVersionUID = 1;

    NoResponse() {
      super("connection closed without a response");
    }
  }

  /** The response is one that we must not read to its end. */
  static final class TooLarge extends IOException {

    private static final long serialVersionUID = 1;

    TooLarge() {
      super("response is larger than 4 MiB");
    }
  }

  /** Whether any byte of the last response has come. */
  boolean begun() {
    return begun;
  }

  HttpResponse read() throws IOException {
    begun = false;
    while (true) {
      int status = statusOf(line(true));
      Map<String, String> headers = headers();
      if (status >= 200) {
        HttpResponse head = new HttpResponse(status, headers, NO_BODY);
        byte[] body = status < 400 ? body(head) : bodyOfFailure(head, headers);
        return new HttpResponse(
            status, headers, head.hasToken("content-encoding", "gzip") ? inflated(body) : body);
      }
    }
  }

  /** The status says enough, even if the rest does not come. */
  private byte[] bodyOfFailure(HttpResponse head, Map<String, String> headers) throws IOException {
    try {
      return body(head);
    } catch (TooLarge e) {
      throw e;
    } catch (IOException e) {
      headers.put("connection", "close");
      return NO_BODY;
    }
  }

  /** Likewise if it cannot be read. */
  private static byte[] inflated(byte[] body) throws IOException {
    try {
      return inflate(body);
    } catch (TooLarge e) {
      throw e;
    } catch (IOException e) {
      return NO_BODY;
    }
  }

  private static int statusOf(String line) throws IOException {
    if (!line.startsWith("HTTP/1.") || line.length() < 12) {
      throw new IOException("the answer is not HTTP/1.1");
    }
    try {
      return Integer.parseInt(line.substring(9, 12));
    } catch (NumberFormatException e) {
      throw new IOException("the answer has no status", e);
    }
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (int i = 0; i < MAX_HEADERS; i++) {
      String line = line(false);
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        headers.put(name, line.substring(colon + 1).trim());
      }
    }
    throw new IOException("the answer has too many headers");
  }

  private byte[] body(HttpResponse head) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (head.status() == 204 || head.status() == 304) {
      return body.toByteArray();
    }
    if (head.hasToken("transfer-encoding", "chunked")) {
      chunks(body);
    } else if (!head.header("content-length").isEmpty()) {
      copy(size(head.header("content-length"), 10), body);
    } else {
      untilEnd(body);
    }
    return body.toByteArray();
  }

  private void chunks(ByteArrayOutputStream body) throws IOException {
    while (true) {
      String line = line(false);
      int end = line.indexOf(';');
      int size = size(end < 0 ? line : line.substring(0, end), 16);
      if (size == 0) {
        headers();
        return;
      }
      copy(size, body);
      line(false);
    }
  }

  private static int size(String text, int radix) throws IOException {
    long size;
    try {
      size = Long.parseLong(text.trim(), radix);
    } catch (NumberFormatException e) {
      throw new IOException("the answer has an invalid length", e);
    }
    if (size < 0 || size > MAX_BODY_BYTES) {
      throw new TooLarge();
    }
    return (int) size;
  }

  private void copy(int size, ByteArrayOutputStream body) throws IOException {
    if (body.size() + size > MAX_BODY_BYTES) {
      throw new TooLarge();
    }
    byte[] chunk = new byte[Math.min(size, 8192)];
    int left = size;
    while (left > 0) {
      int count = in.read(chunk, 0, Math.min(left, chunk.length));
      if (count < 0) {
        throw new EOFException("the answer is cut off");
      }
      body.write(chunk, 0, count);
      left -= count;
    }
  }

  private void untilEnd(ByteArrayOutputStream body) throws IOException {
    byte[] chunk = new byte[8192];
    int count;
    while ((count = in.read(chunk)) >= 0) {
      if (body.size() + count > MAX_BODY_BYTES) {
        throw new TooLarge();
      }
      body.write(chunk, 0, count);
    }
  }

  /** Nobody asked for compression, but some proxies compress everything. */
  private static byte[] inflate(byte[] body) throws IOException {
    if (body.length == 0) {
      return body;
    }
    ByteArrayOutputStream inflated = new ByteArrayOutputStream();
    new HttpResponseReader(new GZIPInputStream(new ByteArrayInputStream(body))).untilEnd(inflated);
    return inflated.toByteArray();
  }

  private String line(boolean first) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(64);
    while (line.size() < MAX_LINE_BYTES) {
      int b = in.read();
      begun |= b >= 0;
      if (b < 0) {
        throw first && line.size() == 0
            ? new NoResponse()
            : new EOFException("the answer is cut off");
      }
      if (b == '\n') {
        String text = new String(line.toByteArray(), StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(b);
    }
    throw new IOException("the answer is not HTTP/1.1");
  }
}
