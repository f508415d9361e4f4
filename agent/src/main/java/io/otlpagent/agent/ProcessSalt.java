package io.otlpagent.agent;

import io.otlpagent.instrumentation.trace.IdGenerator;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;

/**
 * Bits that tell this process from others that started at the same instant. Read from the system
 * itself: {@code SecureRandom} would initialize security providers before the application does.
 */
final class ProcessSalt {

  private ProcessSalt() {}

  static IdGenerator idGenerator() {
    try (DataInputStream random = new DataInputStream(new FileInputStream("/dev/urandom"))) {
      return new IdGenerator(random.readLong(), random.readLong());
    } catch (IOException e) {
      // Not a Unix: the clock and the address of an object have to do.
      long address = System.identityHashCode(new Object());
      return new IdGenerator(address << 32 ^ System.nanoTime(), System.currentTimeMillis() << 20);
    }
  }
}
