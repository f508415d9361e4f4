package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.SpanSender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are on their way while the exporter thread sends another one: for collectors that
 * are far away, where waiting for each answer would leave the queue to itself. Each goes over a
 * connection of its own, and only while the collector is well: what fails comes back to the one way
 * that knows about retries. Used by the exporter thread.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlpgrpc-concurrent-requests">OTLP,
 *     concurrent requests</a>
 */
final class ParallelRequests {

  private final BatchDelivery delivery;
  private final List<Lane> lanes = new ArrayList<>();

  /**
   * @param senders make one sender a request; they connect when they are first used
   */
  ParallelRequests(BatchDelivery delivery, int atOnce, Supplier<SpanSender> senders) {
    this.delivery = delivery;
    for (int i = 0; i < atOnce; i++) {
      lanes.add(new Lane(senders.get()));
    }
  }

  /**
   * Sends a copy of a request.
   *
   * @return false, and nothing is done, if all connections are busy or the last answer was none
   */
  boolean take(byte[] request, int length, int spans) {
    if (delivery.statistics().collector().state() != CollectorStatus.State.OK) {
      return false;
    }
    for (Lane lane : lanes) {
      if (lane.errand == null) {
        lane.send(request, length, spans);
        return true;
      }
    }
    return false;
  }

  /** Settles the spans of those that are answered. */
  void settle() {
    for (Lane lane : lanes) {
      Courier.Errand errand = lane.errand;
      ExportResult result = errand == null ? null : errand.result();
      if (errand != null && result != null) {
        settle(lane, errand, result);
      }
    }
  }

  /** Waits for all answers, as long as each may take, and settles the spans. */
  void settleAll() {
    for (Lane lane : lanes) {
      Courier.Errand errand = lane.errand;
      if (errand != null) {
        settle(lane, errand, errand.await());
      }
    }
  }

  private void settle(Lane lane, Courier.Errand errand, ExportResult result) {
    byte[] request = lane.request;
    lane.errand = null;
    if (errand.result() == null) {
      // Still being read by a sender that does not mind its deadline.
      lane.request = new byte[0];
    }
    delivery.settleAnswer(request, lane.length, lane.spans, result, errand.nanos());
  }

  /** How many connections to the collector are up. May be called by any thread. */
  int activeConnections() {
    int active = 0;
    for (Lane lane : lanes) {
      active += lane.sender.activeConnections();
    }
    return active;
  }

  void close() {
    for (Lane lane : lanes) {
      lane.courier.close();
      lane.sender.close();
    }
  }

  /** One connection and the request that is on it. */
  private final class Lane {

    private final SpanSender sender;
    private final Courier courier;
    private byte[] request = new byte[0];
    private int length;
    private int spans;

    // Null if there is none on its way.
    private Courier.@Nullable Errand errand;

    Lane(SpanSender sender) {
      this.sender = sender;
      this.courier = new Courier(sender);
    }

    void send(byte[] bytes, int count, int batch) {
      if (request.length < count) {
        request = Arrays.copyOf(bytes, bytes.length);
      } else {
        System.arraycopy(bytes, 0, request, 0, count);
      }
      length = count;
      spans = batch;
      AttemptDeadline deadline =
          new AttemptDeadline(delivery.settings().attemptTimeoutNanos(), delivery.shutdownBudget());
      errand = courier.send(request, length, deadline);
    }
  }
}
