package io.otlpagent.agent.metrics;

import io.otlpagent.instrumentation.metrics.Histogram;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/** How long garbage collections take, told by the JVM on a thread of its own. */
final class GcDurations implements NotificationListener {

  /** The value of a constant in {@code com.sun.management}, which may be absent. */
  private static final String GC_NOTIFICATION = "com.sun.management.gc.notification";

  private final Histogram durations =
      Histogram.ofDurations(
          "jvm.gc.duration",
          "Duration of JVM garbage collection actions.",
          new double[] {0.01, 0.1, 1, 10},
          AttributeKey.of("jvm.gc.name"),
          AttributeKey.of("jvm.gc.action"));
  private final HistogramMetrics metrics =
      new HistogramMetrics(
          Collections.singletonList(durations), System.currentTimeMillis() * 1_000_000L);

  GcDurations() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter) {
        ((NotificationEmitter) collector).addNotificationListener(this, null, null);
      }
    }
  }

  @Override
  public void handleNotification(Notification notification, @Nullable Object handback) {
    if (!GC_NOTIFICATION.equals(notification.getType())
        || !(notification.getUserData() instanceof CompositeData)) {
      return;
    }
    CompositeData collection = (CompositeData) notification.getUserData();
    Object info = collection.get("gcInfo");
    Object millis = info instanceof CompositeData ? ((CompositeData) info).get("duration") : null;
    if (millis instanceof Long) {
      durations
          .series(collection.get("gcName"), collection.get("gcAction"))
          .record(TimeUnit.MILLISECONDS.toNanos((Long) millis));
    }
  }

  void collect(MetricCollector collector) {
    metrics.collect(collector);
  }
}
