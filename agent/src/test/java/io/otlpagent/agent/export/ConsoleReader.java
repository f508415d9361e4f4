package io.otlpagent.agent.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An output whose reader may stop reading, so that writing waits, or go away. */
public final class ConsoleReader extends OutputStream {

  // Guarded by this.
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private boolean stopped;
  private boolean closed;
  private int stuck;

  public synchronized void stop() {
    stopped = true;
  }

  public synchronized void goOn() {
    stopped = false;
    notifyAll();
  }

  /** How many writes wait. */
  public synchronized int stuck() {
    return stuck;
  }

  public synchronized List<String> lines() {
    return read.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    stuck++;
    try {
      while (stopped) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    } finally {
      stuck--;
    }
    if (closed) {
      throw new IOException("Broken pipe");
    }
    read.write(bytes, offset, length);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
