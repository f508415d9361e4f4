package io.otlpagent.agent.export.otlp;

/** One encoded request: the first bytes of an array, which is its encoder's. */
public final class OtlpRequest {

  private final OtlpSignal signal;
  private final byte[] array;
  private final int length;

  /**
   * @param array is not copied, and not to be changed while the request is in use
   */
  public OtlpRequest(OtlpSignal signal, byte[] array, int length) {
    this.signal = signal;
    this.array = array;
    this.length = length;
  }

  public OtlpSignal signal() {
    return signal;
  }

  /** Has the bytes in front, and may be longer. */
  public byte[] array() {
    return array;
  }

  public int length() {
    return length;
  }
}
