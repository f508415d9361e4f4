package io.otlpagent.agent.export.grpc;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** An encoded request in the exporter's buffer, which grpc copies to the connection and no more. */
final class GrpcRequest {

  static final Marshaller<GrpcRequest> MARSHALLER =
      new Marshaller<GrpcRequest>() {
        @Override
        public InputStream stream(GrpcRequest request) {
          return new RequestStream(request.bytes, request.length);
        }

        @Override
        public GrpcRequest parse(InputStream stream) {
          throw new UnsupportedOperationException("requests are only sent");
        }
      };

  static final Marshaller<byte[]> RESPONSE_MARSHALLER =
      new Marshaller<byte[]>() {
        @Override
        public InputStream stream(byte[] response) {
          return new ByteArrayInputStream(response);
        }

        @Override
        public byte[] parse(InputStream stream) {
          return readFully(stream);
        }
      };

  private final byte[] bytes;
  private final int length;

  GrpcRequest(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /** grpc has limited the size already. */
  private static byte[] readFully(InputStream stream) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    byte[] chunk = new byte[512];
    try {
      int count;
      while ((count = stream.read(chunk)) >= 0) {
        out.write(chunk, 0, count);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the response", e);
    }
    return out.toByteArray();
  }

  private static final class RequestStream extends ByteArrayInputStream
      implements Drainable, KnownLength {

    RequestStream(byte[] bytes, int length) {
      super(bytes, 0, length);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int drained = count - pos;
      target.write(buf, pos, drained);
      pos = count;
      return drained;
    }
  }
}
