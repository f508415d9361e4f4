package io.otlpagent.instrumentation.library.executors;

import static io.otlpagent.instrumentation.MethodAdvice.on;
import static io.otlpagent.instrumentation.TypeInstrumentation.named;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.MethodAdvice;
import io.otlpagent.instrumentation.TypeInstrumentation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Carries the current span to tasks of the JDK's executors. */
public final class ExecutorsModule extends InstrumentationModule {

  private static final String CONCURRENT = "java.util.concurrent.";
  private static final String TASK = "Ljava/util/concurrent/ForkJoinTask;";
  private static final String FUTURE = "Ljava/util/concurrent/CompletableFuture;";
  private static final String EXECUTOR = "Ljava/util/concurrent/Executor;";
  private static final String COLLECTION = "Ljava/util/Collection;";
  private static final String FUNCTION = "Ljava/util/function/Function;)V";
  private static final String BI_FUNCTION = "Ljava/util/function/BiFunction;)V";
  private static final String CONSUMER = "Ljava/util/function/Consumer;)V";
  private static final String BI_CONSUMER = "Ljava/util/function/BiConsumer;)V";
  private static final String RUNNABLE = "Ljava/lang/Runnable;)V";
  private static final String SUPPLIER = "Ljava/util/function/Supplier;)V";

  public ExecutorsModule() {
    super("executors", "executors-8");
  }

  @Override
  public List<String> opens() {
    return Collections.singletonList("java.base/java.util.concurrent");
  }

  @Override
  public List<TypeInstrumentation> types() {
    List<TypeInstrumentation> types = new ArrayList<>();
    Collections.addAll(
        types, threadPool(), scheduledPool(), startingThreads(), perTask(), forkJoinPool());
    types.add(startingIn("vm.ThreadContainers$RootContainer$TrackingRootContainer"));
    types.add(startingIn("vm.ThreadContainers$RootContainer$CountingRootContainer"));
    types.add(startingIn("misc.ThreadFlock$ThreadContainerImpl"));
    Collections.addAll(types, forkJoin(), cancelled("FutureTask"));
    // Those that are cancelled in their own way, in Java 17 to 21 and from 22 on.
    Collections.addAll(types, cancelled("ForkJoinTask$AdaptedInterruptibleCallable"));
    Collections.addAll(types, cancelled("ForkJoinPool$InvokeAnyTask"));
    Collections.addAll(types, cancelled("ForkJoinTask$InterruptibleTask"));
    Collections.addAll(types, cancelled("ForkJoinTask$InvokeAnyTask"));
    Collections.addAll(types, cancelled("DelayScheduler$ScheduledForkJoinTask"));
    Collections.addAll(types, async("AsyncSupply", SUPPLIER), async("AsyncRun", RUNNABLE));
    String one = "(" + EXECUTOR + FUTURE + FUTURE;
    String two = one + FUTURE;
    types.add(stage("UniApply", one + FUNCTION));
    types.add(stage("UniAccept", one + CONSUMER));
    types.add(stage("UniRun", one + RUNNABLE));
    types.add(stage("UniWhenComplete", one + BI_CONSUMER));
    types.add(stage("UniHandle", one + BI_FUNCTION));
    // The shorter constructor is that of Java 8 to 11.
    types.add(stage("UniExceptionally", one + FUNCTION, "(" + FUTURE + FUTURE + FUNCTION));
    types.add(stage("UniComposeExceptionally", one + FUNCTION));
    types.add(stage("UniCompose", one + FUNCTION));
    types.add(stage("BiApply", two + BI_FUNCTION));
    types.add(stage("BiAccept", two + BI_CONSUMER));
    types.add(stage("BiRun", two + RUNNABLE));
    types.add(stage("OrApply", two + FUNCTION));
    types.add(stage("OrAccept", two + CONSUMER));
    types.add(stage("OrRun", two + RUNNABLE));
    return types;
  }

  /**
   * Another agent may have put in front that it wraps the task. The JDK's own first call comes
   * after that, so that the span waits with what reaches the queue.
   */
  private static TypeInstrumentation threadPool() {
    return named(
        CONCURRENT + "ThreadPoolExecutor",
        on("execute", "(Ljava/lang/Runnable;)V")
            .before("java/util/concurrent/atomic/AtomicInteger.get()I")
            .call("PoolExecuteAdvice"),
        on("reject", "(Ljava/lang/Runnable;)V").call("PoolRejectAdvice"),
        on("remove", "(Ljava/lang/Runnable;)Z").call("PoolRemoveAdvice"),
        on("drainQueue", "()Ljava/util/List;").call("PoolDrainAdvice"),
        on("getTask", "()Ljava/lang/Runnable;").call("PoolGetTaskAdvice"),
        on("runWorker", "(Ljava/util/concurrent/ThreadPoolExecutor$Worker;)V")
            .call("PoolRunWorkerAdvice"));
  }

  private static TypeInstrumentation scheduledPool() {
    return named(
        CONCURRENT + "ScheduledThreadPoolExecutor",
        on("delayedExecute", "(Ljava/util/concurrent/RunnableScheduledFuture;)V")
            .call("PoolScheduleAdvice"));
  }

  /** What each thread passes that starts as a virtual one or in a scope, from Java 22 on. */
  private static TypeInstrumentation startingThreads() {
    return named(
        "jdk.internal.vm.ThreadContainer",
        on("add", "(Ljava/lang/Thread;)V").call("ThreadStartAdvice"));
  }

  /** In Java 21 each kind of container is told by itself. */
  private static TypeInstrumentation startingIn(String container) {
    return named(
        "jdk.internal." + container,
        on("onStart", "(Ljava/lang/Thread;)V").call("ThreadStartAdvice"));
  }

  private static TypeInstrumentation perTask() {
    return named(
        CONCURRENT + "ThreadPerTaskExecutor",
        on("start", "(Ljava/lang/Thread;)V").call("ThreadStartAdvice"));
  }

  /** The funnel is externalPush in Java 8, externalSubmit up to 18, poolSubmit from 19 on. */
  private static TypeInstrumentation forkJoinPool() {
    String scheduled = "Ljava/util/concurrent/DelayScheduler$ScheduledForkJoinTask;";
    return named(
        CONCURRENT + "ForkJoinPool",
        on("externalPush", "(" + TASK + ")V").call("ForkJoinPushAdvice"),
        on("externalSubmit", "(" + TASK + ")" + TASK).call("ForkJoinPushAdvice"),
        on("poolSubmit", "(Z" + TASK + ")" + TASK).call("ForkJoinSubmitAdvice"),
        on("scheduleDelayedTask", "(" + scheduled + ")" + scheduled).call("ForkJoinDelayAdvice"));
  }

  /** {@code doExec} returns nothing from Java 22 on. */
  private static TypeInstrumentation forkJoin() {
    return named(
        CONCURRENT + "ForkJoinTask",
        on("fork", "()" + TASK).call("ForkAdvice"),
        on("tryUnfork", "()Z").call("DropAdvice"),
        on("cancel", "(Z)Z").call("DropAdvice"),
        on("invoke", "()Ljava/lang/Object;").call("InvokeAdvice"),
        on("quietlyInvoke", "()V").call("InvokeAdvice"),
        on("invokeAll", "(" + TASK + TASK + ")V").call("InvokeFirstAdvice"),
        on("invokeAll", "([" + TASK + ")V").call("InvokeFirstAdvice"),
        on("invokeAll", "(" + COLLECTION + ")" + COLLECTION).call("InvokeFirstAdvice"),
        on("doExec", "()I").call("ForkJoinExecAdvice"),
        on("doExec", "()V").call("ForkJoinExecAdvice"));
  }

  private static TypeInstrumentation cancelled(String name) {
    return named(CONCURRENT + name, on("cancel", "(Z)Z").call("DropAdvice"));
  }

  private static TypeInstrumentation async(String name, String parameter) {
    return named(
        CONCURRENT + "CompletableFuture$" + name,
        on("<init>", "(" + FUTURE + parameter).call("StageCreatedAdvice"),
        on("run", "()V").call("StageRunAdvice"));
  }

  private static TypeInstrumentation stage(String name, String... constructors) {
    List<MethodAdvice> methods = new ArrayList<>();
    methods.add(on("tryFire", "(I)" + FUTURE).call("StageFireAdvice"));
    for (String constructor : constructors) {
      methods.add(on("<init>", constructor).call("StageCreatedAdvice"));
    }
    return named(CONCURRENT + "CompletableFuture$" + name, methods.toArray(new MethodAdvice[0]));
  }
}
