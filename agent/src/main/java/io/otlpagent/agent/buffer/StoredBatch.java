package io.otlpagent.agent.buffer;

/** Where one request is on disk. Immutable. */
public final class StoredBatch {

  final Segment segment;
  final long position;
  final RecordHeader header;

  StoredBatch(Segment segment, long position, RecordHeader header) {
    this.segment = segment;
    this.position = position;
    this.header = header;
  }

  /** How many spans the request has. */
  public int spans() {
    return header.spans;
  }
}
