package io.otlpagent.agent.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Duration;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.otlpagent.agent.export.ScriptedServer.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** What collectors, proxies and broken machines answer. */
public final class Replies {

  private Replies() {}

  static byte[] response(long rejected, String message) {
    return ExportTraceServiceResponse.newBuilder()
        .setPartialSuccess(
            ExportTracePartialSuccess.newBuilder()
                .setRejectedSpans(rejected)
                .setErrorMessage(message))
        .build()
        .toByteArray();
  }

  static Reply http(int status, String contentType, byte[] body, String... headerLines) {
    return request -> {
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Reason\r\n");
      if (!contentType.isEmpty()) {
        head.append("Content-Type: ").append(contentType).append("\r\n");
      }
      for (String line : headerLines) {
        head.append(line).append("\r\n");
      }
      head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
      request.out().write(head.toString().getBytes(UTF_8));
      request.out().write(body);
      request.out().flush();
    };
  }

  public static Reply http(int status, String... headerLines) {
    return http(status, "", new byte[0], headerLines);
  }

  public static Reply httpOk(byte[] body) {
    return http(200, "application/x-protobuf", body);
  }

  /** Those bytes and nothing more; the connection stays open. */
  static Reply raw(String text) {
    return request -> {
      request.out().write(text.getBytes(UTF_8));
      request.out().flush();
    };
  }

  public static Reply rawThenClose(String text) {
    return request -> {
      request.out().write(text.getBytes(UTF_8));
      request.out().flush();
      request.socket().close();
    };
  }

  static Reply reset(String text) {
    return request -> {
      request.out().write(text.getBytes(UTF_8));
      request.out().flush();
      request.socket().setSoLinger(true, 0);
      request.socket().close();
    };
  }

  static Reply silence() {
    return request -> {};
  }

  static Reply drip() {
    return request -> {
      request.out().write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(UTF_8));
      // Blocks on the client's answer instead of sleeping: it never comes.
      for (int i = 0; i < 100_000; i++) {
        request.out().write('x');
        request.out().flush();
        request.socket().setSoTimeout(20);
        try {
          if (request.socket().getInputStream().read() < 0) {
            return;
          }
        } catch (java.net.SocketTimeoutException e) {
          continue;
        }
      }
    };
  }

  static Reply endlessChunks() {
    return request -> {
      request.out().write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8));
      byte[] chunk = ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes(UTF_8);
      while (true) {
        request.out().write(chunk);
      }
    };
  }

  static Reply gzipBomb() {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[16 << 20]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return http(200, "application/x-protobuf", bomb.toByteArray(), "Content-Encoding: gzip");
  }

  public static Reply grpcOk(byte[] message) {
    return request -> {
      int stream = request.stream();
      request
          .out()
          .write(
              Http2Wire.headers(
                  stream, false, ":status", "200", "content-type", "application/grpc"));
      request.out().write(Http2Wire.data(stream, false, Http2Wire.message(message)));
      request.out().write(Http2Wire.headers(stream, true, "grpc-status", "0"));
      request.out().flush();
    };
  }

  /** Trailers only, as most servers fail. */
  static Reply grpc(int status, String message, String... trailers) {
    String[] all = new String[8 + trailers.length];
    String[] first = {
      ":status",
      "200",
      "content-type",
      "application/grpc",
      "grpc-status",
      Integer.toString(status),
      "grpc-message",
      message
    };
    System.arraycopy(first, 0, all, 0, 8);
    System.arraycopy(trailers, 0, all, 8, trailers.length);
    return request -> write(request, Http2Wire.headers(request.stream(), true, all));
  }

  /** Headers first, and the status in trailers of their own. */
  static Reply grpcTrailers(int status, String message) {
    return request ->
        write(
            request,
            Http2Wire.headers(
                request.stream(), false, ":status", "200", "content-type", "application/grpc"),
            Http2Wire.headers(
                request.stream(),
                true,
                "grpc-status",
                Integer.toString(status),
                "grpc-message",
                message));
  }

  /** HTTP/2 without a {@code grpc-status}, as proxies answer. */
  static Reply http2(int status, String contentType) {
    return request ->
        write(
            request,
            Http2Wire.headers(
                request.stream(),
                false,
                ":status",
                Integer.toString(status),
                "content-type",
                contentType),
            Http2Wire.data(request.stream(), true, "<html>".getBytes(UTF_8)));
  }

  static Reply frames(java.util.function.IntFunction<byte[]> frames, boolean close) {
    return request -> {
      write(request, frames.apply(request.stream()));
      if (close) {
        request.socket().close();
      }
    };
  }

  static void write(ScriptedServer.Request request, byte[]... frames) throws IOException {
    for (byte[] frame : frames) {
      request.out().write(frame);
    }
    request.out().flush();
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** {@code google.rpc.Status} as protobuf, by hand. */
  static byte[] status(String message, byte[] retryInfo) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream status = CodedOutputStream.newInstance(bytes);
      status.writeInt32(1, 8);
      status.writeString(2, message);
      if (retryInfo.length > 0) {
        status.writeMessage(
            3,
            Any.newBuilder()
                .setTypeUrl("type.googleapis.com/google.rpc.RetryInfo")
                .setValue(ByteString.copyFrom(retryInfo))
                .build());
      }
      status.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The trailer with a delay, in base64 without padding, as the gRPC libraries write it. */
  static String retryInfo(int millis) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream info = CodedOutputStream.newInstance(bytes);
      info.writeMessage(1, Duration.newBuilder().setNanos(millis * 1_000_000).build());
      info.flush();
      byte[] status = status("slow down", bytes.toByteArray());
      // Of a length that would need padding.
      assert status.length % 3 != 0;
      return Base64.getEncoder().withoutPadding().encodeToString(status);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
