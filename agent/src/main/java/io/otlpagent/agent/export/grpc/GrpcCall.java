package io.otlpagent.agent.export.grpc;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One unary call. The exporter thread starts it and waits; a thread of the transport leaves the
 * outcome and wakes it.
 */
final class GrpcCall extends ClientCall.Listener<byte[]> {

  private static final byte[] NO_RESPONSE = new byte[0];

  private static final Status SILENCE =
      Status.DEADLINE_EXCEEDED.withDescription("no answer in time");

  /** How long grpc may take to confirm a cancellation; it needs microseconds. */
  private static final long CANCEL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ClientCall<GrpcRequest, byte[]> call;
  private final StreamWatch watch;
  private final Thread caller = Thread.currentThread();
  private byte[] response = NO_RESPONSE;
  private Metadata trailers = new Metadata();
  private boolean headersCame;

  // Publishes the three above.
  private volatile @Nullable Status status;

  GrpcCall(Channel channel, MethodDescriptor<GrpcRequest, byte[]> method, CallOptions options) {
    this.watch = new StreamWatch();
    this.call = channel.newCall(method, options.withStreamTracerFactory(watch));
  }

  /** Sends the request and waits for the outcome, or cancels the call at the deadline. */
  Status execute(GrpcRequest request, Metadata headers, AttemptDeadline deadline) {
    call.start(this, headers);
    // Two, so that grpc sees a second response, which a unary call must not have.
    call.request(2);
    call.sendMessage(request);
    call.halfClose();
    Status outcome;
    while ((outcome = status) == null) {
      long left = deadline.remainingNanos();
      if (left <= 0) {
        return cancel();
      }
      ExporterAlarm.sleep(this, deadline.sleepNanos(left));
    }
    return inOurWords(outcome);
  }

  /** grpc keeps the deadline, too, and may be the first to say so. */
  private Status inOurWords(Status outcome) {
    return outcome.getCode() == Status.Code.DEADLINE_EXCEEDED && !answered() ? SILENCE : outcome;
  }

  /** Does not return before grpc has let go of the request, whose array is used again. */
  private Status cancel() {
    call.cancel("no answer in time", null);
    long end = System.nanoTime() + CANCEL_NANOS;
    Status outcome;
    while ((outcome = status) == null && System.nanoTime() - end < 0) {
      ExporterAlarm.sleep(this, end - System.nanoTime());
    }
    // An answer that came at the last moment counts.
    return outcome != null && outcome.getCode() != Status.Code.CANCELLED
        ? inOurWords(outcome)
        : SILENCE;
  }

  /** Whether there was a connection that the request could be sent over. */
  boolean sent() {
    return watch.sent;
  }

  /** Whether anything came back, be it trailers only. */
  boolean answered() {
    return headersCame || !trailers.keys().isEmpty();
  }

  byte[] response() {
    return response;
  }

  Metadata trailers() {
    return trailers;
  }

  @Override
  public void onHeaders(Metadata headers) {
    headersCame = true;
  }

  @Override
  public void onMessage(byte[] message) {
    response = message;
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    this.trailers = trailers;
    this.status = status;
    LockSupport.unpark(caller);
  }

  /** Sees whether the call got as far as a connection, where its stream is created. */
  private static final class StreamWatch extends ClientStreamTracer.Factory {

    // Written by a thread of the transport before the outcome.
    private volatile boolean sent;

    @Override
    public ClientStreamTracer newClientStreamTracer(
        ClientStreamTracer.StreamInfo info, Metadata headers) {
      return new ClientStreamTracer() {
        @Override
        public void streamCreated(Attributes transport, Metadata headers) {
          sent = true;
        }
      };
    }
  }
}
