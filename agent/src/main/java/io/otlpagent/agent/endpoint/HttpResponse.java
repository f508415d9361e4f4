package io.otlpagent.agent.endpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What is sent back. Immutable. */
final class HttpResponse {

  private final int status;
  private final String contentType;
  private final byte[] body;

  private HttpResponse(int status, String contentType, byte[] body) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
  }

  static HttpResponse text(int status, String body) {
    return of(status, "text/plain; charset=utf-8", body);
  }

  static HttpResponse json(int status, String body) {
    return of(status, "application/json", body);
  }

  static HttpResponse of(int status, String contentType, CharSequence body) {
    return new HttpResponse(status, contentType, body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param withBody false in answer to HEAD
   */
  void writeTo(OutputStream out, boolean withBody) throws IOException {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(status).append(' ').append(reason(status)).append("\r\n");
    head.append("Content-Type: ").append(contentType).append("\r\n");
    head.append("Content-Length: ").append(body.length).append("\r\n");
    if (status == 405) {
      head.append("Allow: GET, HEAD\r\n");
    }
    head.append("Cache-Control: no-store\r\n");
    head.append("X-Content-Type-Options: nosniff\r\n");
    head.append("Connection: close\r\n\r\n");
    byte[] headBytes = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    if (!withBody) {
      out.write(headBytes);
      return;
    }
    byte[] all = new byte[headBytes.length + body.length];
    System.arraycopy(headBytes, 0, all, 0, headBytes.length);
    System.arraycopy(body, 0, all, headBytes.length, body.length);
    out.write(all);
  }

  private static String reason(int status) {
    switch (status) {
      case 200:
        return "OK";
      case 400:
        return "Bad Request";
      case 404:
        return "Not Found";
      case 405:
        return "Method Not Allowed";
      case 408:
        return "Request Timeout";
      case 421:
        return "Misdirected Request";
      case 431:
        return "Request Header Fields Too Large";
      case 503:
        return "Service Unavailable";
      case 505:
        return "HTTP Version Not Supported";
      default:
        return "Internal Server Error";
    }
  }
}
