package io.otlpagent.agent.endpoint;

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
import org.jspecify.annotations.Nullable;

/**
 * Reads the JVM's beans. Never asks for the platform's MBean server: an application may want to
 * choose its implementation first.
 */
final class JvmBeans {

  private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans();
  private final ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
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
      // As above.
      return null;
    }
  }

  void write(MetricsWriter writer) {
    writeMemory(writer);
    if (gc != null) {
      gc.write(writer);
    }
    writeThreads(writer);
    writer.counter("jvm.class.loaded", "Number of classes loaded since JVM start.");
    writer.sample(classes.getTotalLoadedClassCount());
    writer.counter("jvm.class.unloaded", "Number of classes unloaded since JVM start.");
    writer.sample(classes.getUnloadedClassCount());
    writer.gauge("jvm.class.count", "Number of classes currently loaded.");
    writer.sample(classes.getLoadedClassCount());
    writer.gauge("jvm.cpu.count", "Number of processors available to the JVM.");
    writer.sample(Runtime.getRuntime().availableProcessors());
    if (cpu != null) {
      cpu.write(writer);
    }
  }

  private void writeMemory(MetricsWriter writer) {
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
    writer.gauge("jvm.memory.used.bytes", "Measure of memory used.");
    for (int i = 0; i < now.size(); i++) {
      writer.sample(now.get(i).getUsed(), labels.get(i));
    }
    writer.gauge("jvm.memory.committed.bytes", "Measure of memory committed.");
    for (int i = 0; i < now.size(); i++) {
      writer.sample(now.get(i).getCommitted(), labels.get(i));
    }
    writer.gauge("jvm.memory.limit.bytes", "Measure of max obtainable memory.");
    for (int i = 0; i < now.size(); i++) {
      if (now.get(i).getMax() >= 0) {
        writer.sample(now.get(i).getMax(), labels.get(i));
      }
    }
    writer.gauge(
        "jvm.memory.used_after_last_gc.bytes",
        "Measure of memory used, as measured after the most recent garbage collection event.");
    for (int i = 0; i < now.size(); i++) {
      if (afterGc.get(i) != null) {
        writer.sample(afterGc.get(i).getUsed(), labels.get(i));
      }
    }
  }

  /** From the thread groups: that needs neither a safepoint nor a stack of any thread. */
  private static void writeThreads(MetricsWriter writer) {
    Map<String, Labels> labels = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (Thread thread : threads()) {
      if (thread != null) {
        String daemon = thread.isDaemon() ? "true" : "false";
        String state = thread.getState().name().toLowerCase(Locale.ROOT);
        labels.put(
            daemon + state, Labels.of("jvm.thread.daemon", daemon).and("jvm.thread.state", state));
        counts.merge(daemon + state, 1, Integer::sum);
      }
    }
    writer.gauge("jvm.thread.count", "Number of executing platform threads.");
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      Labels of = labels.get(count.getKey());
      writer.sample(count.getValue().longValue(), of == null ? Labels.NONE : of);
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
