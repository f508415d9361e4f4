package io.otlpagent.agent.export.transport;

/**
 * Sends requests of another signal over the connection of a sender. Used by the exporter thread.
 */
public final class SharedSender implements SpanSender {

  /** How that sender sends them. */
  public interface Way {
    ExportResult send(byte[] request, int length, AttemptDeadline deadline);
  }

  private final SpanSender owner;
  private final Way way;

  public SharedSender(SpanSender owner, Way way) {
    this.owner = owner;
    this.way = way;
  }

  @Override
  public ExportResult send(byte[] request, int length, AttemptDeadline deadline) {
    return way.send(request, length, deadline);
  }

  @Override
  public void disconnect() {
    owner.disconnect();
  }

  @Override
  public int activeConnections() {
    return owner.activeConnections();
  }

  @Override
  public String description() {
    return owner.description();
  }

  /** Closes the connection for the owner too, which may have done so already. */
  @Override
  public void close() {
    owner.close();
  }
}
