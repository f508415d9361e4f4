package io.otlpagent.agent.export.probe;

import io.otlpagent.agent.export.transport.ExportResult;
import org.jspecify.annotations.Nullable;

/** What is known of a collector after an attempt to export to it. Immutable. */
public final class ProbeResult {

  private final boolean reachable;
  private final @Nullable SpokenProtocol spoken;
  private final @Nullable String tlsFailure;
  private final ExportResult export;
  private final String hint;

  ProbeResult(
      boolean reachable,
      @Nullable SpokenProtocol spoken,
      @Nullable String tlsFailure,
      ExportResult export,
      String hint) {
    this.reachable = reachable;
    this.spoken = spoken;
    this.tlsFailure = tlsFailure;
    this.export = export;
    this.hint = hint;
  }

  /** Whether something accepted a connection. */
  public boolean reachable() {
    return reachable;
  }

  /** What it speaks; null if that was not asked, because the export said enough. */
  public @Nullable SpokenProtocol spoken() {
    return spoken;
  }

  /** Why TLS could not be agreed on; null if it could, was not needed, or was not the trouble. */
  public @Nullable String tlsFailure() {
    return tlsFailure;
  }

  /** How the export went; its reason is the gRPC or HTTP status, if there was one. */
  public ExportResult export() {
    return export;
  }

  /** False if the headers were refused or missing; null if nobody looked at them. */
  public @Nullable Boolean authenticated() {
    if (FailureKind.of(export) == FailureKind.UNAUTHENTICATED) {
      return false;
    }
    return export.isSuccess() ? Boolean.TRUE : null;
  }

  /** What to change, in one line; empty if nothing is wrong, or nothing is known. */
  public String hint() {
    return hint;
  }

  @Override
  public String toString() {
    return export + (hint.isEmpty() ? "" : " (" + hint + ")");
  }
}
