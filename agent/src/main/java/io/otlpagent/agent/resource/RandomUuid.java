package io.otlpagent.agent.resource;

import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.UUID;

/** Makes random UUIDs (version 4) without the security providers, as far as the system allows. */
final class RandomUuid {

  private RandomUuid() {}

  static String next() {
    try (DataInputStream random = new DataInputStream(new FileInputStream("/dev/urandom"))) {
      long high = (random.readLong() & ~0xF000L) | 0x4000L;
      long low = (random.readLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
      return new UUID(high, low).toString();
    } catch (IOException e) {
      // Not a Unix.
      return UUID.randomUUID().toString();
    }
  }
}
