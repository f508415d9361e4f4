package io.otlpagent.agent.metrics;

import io.otlpagent.agent.logging.AgentLog;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JVM's beans. Never asks for the platform's MBean server: an application may want to
 * choose its implementation first.
 */
final class JvmBeans {

  private static final Metric MEMORY_USED =
      Metric.upDownCounter("jvm.memory.used", "By", "Measure of memory used.");
  private static final Metric MEMORY_COMMITTED =
      Metric.upDownCounter("jvm.memory.committed", "By", "Measure of memory committed.");
  private static final Metric MEMORY_LIMIT =
      Metric.upDownCounter("jvm.memory.limit", "By", "Measure of max obtainable memory.");
  private static final Metric MEMORY_AFTER_GC =
      Metric.upDownCounter(
          "jvm.memory.used_after_last_gc",
          "By",
          "Measure of memory used, as measured after the most recent garbage collection event.");
  private static final Metric CLASSES_LOADED =
      Metric.counter("jvm.class.loaded", "{class}", "Number of classes loaded since JVM start.");
  private static final Metric CLASSES_UNLOADED =
      Metric.counter(
          "jvm.class.unloaded", "{class}", "Number of classes unloaded since JVM start.");
  private static final Metric CLASSES =
      Metric.upDownCounter("jvm.class.count", "{class}", "Number of classes currently loaded.");
  private static final Metric CPUS =
      Metric.upDownCounter("jvm.cpu.count", "{cpu}", "Number of processors available to the JVM.");
  private static final Metric THREADS =
      Metric.upDownCounter("jvm.thread.count", "{thread}", "Number of executing platform threads.");

  private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans();
  private final ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
  private final long jvmStart =
      TimeUnit.MILLISECONDS.toNanos(ManagementFactory.getRuntimeMXBean().getStartTime());
  private final @Nullable GcDurations gc;
  private final @Nullable ProcessCpu cpu;

  JvmBeans() {
    gc = gcDurations();
    cpu = processCpu();
  }

  private static @Nullable GcDurations gcDurations() {
    try {
      return new GcDurations();
    } catch (LinkageError | RuntimeException e) {
      // A runtime image without the module jdk.management; all else is still there.
      return null;
    }
  }

  private static @Nullable ProcessCpu processCpu() {
    try {
      return ProcessCpu.ofThisJvm();
    } catch (LinkageError | RuntimeException e) {
      // As above; neither are there notifications of collections then.
      AgentLog.info(
          "jvm.cpu.time, jvm.cpu.recent_utilization and jvm.gc.duration are left out: this runtime"
              + " image has no module jdk.management; build it with jlink --add-modules"
              + " jdk.management");
      return null;
    }
  }

  void collect(MetricCollector collector) {
    collectMemory(collector);
    if (gc != null) {
      gc.collect(collector);
    }
    collectThreads(collector);
    collector.begin(CLASSES_LOADED.since(jvmStart));
    collector.point(classes.getTotalLoadedClassCount(), Labels.NONE);
    collector.begin(CLASSES_UNLOADED.since(jvmStart));
    collector.point(classes.getUnloadedClassCount(), Labels.NONE);
    collector.begin(CLASSES);
    collector.point(classes.getLoadedClassCount(), Labels.NONE);
    collector.begin(CPUS);
    collector.point(Runtime.getRuntime().availableProcessors(), Labels.NONE);
    if (cpu != null) {
      cpu.collect(collector, jvmStart);
    }
  }

  private void collectMemory(MetricCollector collector) {
    List<Labels> labels = new ArrayList<>();
    List<MemoryUsage> now = new ArrayList<>();
    List<MemoryUsage> afterGc = new ArrayList<>();
    for (MemoryPoolMXBean pool : pools) {
      MemoryUsage usage = pool.getUsage();
      if (usage != null) {
        String type = pool.getType() == MemoryType.HEAP ? "heap" : "non_heap";
        labels.add(Labels.of("jvm.memory.type", type).and("jvm.memory.pool.name", pool.getName()));
        now.add(usage);
        afterGc.add(pool.getCollectionUsage());
      }
    }
    collector.begin(MEMORY_USED);
    for (int i = 0; i < now.size(); i++) {
      collector.point(now.get(i).getUsed(), labels.get(i));
    }
    collector.begin(MEMORY_COMMITTED);
    for (int i = 0; i < now.size(); i++) {
      collector.point(now.get(i).getCommitted(), labels.get(i));
    }
    collector.begin(MEMORY_LIMIT);
    for (int i = 0; i < now.size(); i++) {
      if (now.get(i).getMax() >= 0) {
        collector.point(now.get(i).getMax(), labels.get(i));
      }
    }
    collector.begin(MEMORY_AFTER_GC);
    for (int i = 0; i < now.size(); i++) {
      if (afterGc.get(i) != null) {
        collector.point(afterGc.get(i).getUsed(), labels.get(i));
      }
    }
  }

  /** From the thread groups: that needs neither a safepoint nor a stack of any thread. */
  private static void collectThreads(MetricCollector collector) {
    Map<String, Labels> labels = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (Thread thread : threads()) {
      if (thread != null) {
        boolean daemon = thread.isDaemon();
        String state = thread.getState().name().toLowerCase(Locale.ROOT);
        labels.put(
            daemon + state, Labels.of("jvm.thread.daemon", daemon).and("jvm.thread.state", state));
        counts.merge(daemon + state, 1, Integer::sum);
      }
    }
    collector.begin(THREADS);
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      Labels of = labels.get(count.getKey());
      collector.point(count.getValue().longValue(), of == null ? Labels.NONE : of);
    }
  }

  private static Thread[] threads() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread[] threads = new Thread[root.activeCount() + 32];
    root.enumerate(threads, true);
    return threads;
  }
}
