package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.OtlpSender;
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
public final class ParallelRequests {

  /** Settles the spans of an answered request. */
  interface Answers {
    void settle(OtlpRequest request, int spans, ExportResult result, long nanos);
  }

  private final DeliveryContext context;
  private final List<Lane> lanes = new ArrayList<>();

  /**
   * @param atOnce how many, in addition to the one of the exporter thread
   * @param senders make one sender for each; they connect when they are first used
   */
  public ParallelRequests(DeliveryContext context, int atOnce, Supplier<OtlpSender> senders) {
    this.context = context;
    for (int i = 0; i < atOnce; i++) {
      lanes.add(new Lane(senders.get()));
    }
  }

  /**
   * Sends a copy of a request.
   *
   * @return false, and nothing is done, if all connections are busy or the last answer was none
   */
  boolean take(OtlpRequest request, int spans) {
    if (context.statistics().collector().state() != CollectorStatus.State.OK) {
      return false;
    }
    for (Lane lane : lanes) {
      if (lane.errand == null) {
        lane.send(request, spans);
        return true;
      }
    }
    return false;
  }

  /** Settles the spans of those that are answered. */
  void settle(Answers answers) {
    for (Lane lane : lanes) {
      Courier.Errand errand = lane.errand;
      ExportResult result = errand == null ? null : errand.result();
      if (errand != null && result != null) {
        settle(lane, result, answers);
      }
    }
  }

  /** Waits for all answers, as long as each may take, and settles the spans. */
  void settleAll(Answers answers) {
    for (Lane lane : lanes) {
      Courier.Errand errand = lane.errand;
      if (errand != null) {
        settle(lane, errand.await(), answers);
      }
    }
  }

  private static void settle(Lane lane, ExportResult result, Answers answers) {
    Courier.Errand errand = lane.errand;
    lane.errand = null;
    if (errand == null) {
      return;
    }
    if (errand.result() == null) {
      // Still being read by a sender that does not mind its deadline.
      lane.array = new byte[0];
    }
    answers.settle(errand.request(), lane.spans, result, errand.nanos());
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

    private final OtlpSender sender;
    private final Courier courier;
    private byte[] array = new byte[0];
    private int spans;

    // Null if there is none on its way.
    private Courier.@Nullable Errand errand;

    Lane(OtlpSender sender) {
      this.sender = sender;
      this.courier = new Courier(sender);
    }

    void send(OtlpRequest request, int batch) {
      int length = request.length();
      if (array.length < length) {
        array = Arrays.copyOf(request.array(), request.array().length);
      } else {
        System.arraycopy(request.array(), 0, array, 0, length);
      }
      spans = batch;
      OtlpRequest copy = new OtlpRequest(request.signal(), array, length);
      errand = courier.send(copy, context.deadline());
    }
  }
}
