package io.otlpagent.agent.export.grpc;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A socket that writes when it is flushed, or has much to write. The transport writes each frame in
 * pieces of 9, 8192 and 8192 bytes and flushes once for a request: 50 system calls for 280 KB
 * become 5. Used by the threads of the transport, of which one writes at a time.
 */
final class GatheringSocket extends Socket {

  private static final int CAPACITY = 64 * 1024;

  private @Nullable OutputStream output;

  GatheringSocket() {
    super(Proxy.NO_PROXY);
  }

  @Override
  public synchronized OutputStream getOutputStream() throws IOException {
    OutputStream out = output;
    if (out == null) {
      out = new BufferedOutputStream(super.getOutputStream(), CAPACITY);
      output = out;
    }
    return out;
  }
}
