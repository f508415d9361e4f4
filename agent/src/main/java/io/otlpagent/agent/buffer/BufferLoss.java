package io.otlpagent.agent.buffer;

/** Why a batch on disk was given up. */
public enum BufferLoss {
  /** It made room for newer ones. */
  FULL,
  /** It was older than the maximum age. */
  EXPIRED,
  /** Its checksum is wrong, or its file is gone. */
  CORRUPT
}
