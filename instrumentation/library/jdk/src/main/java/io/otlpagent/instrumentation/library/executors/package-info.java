/**
 * The current span follows a task to the thread that runs it: thread pools, fork/join, completable
 * futures and thread-per-task executors of the JDK.
 *
 * <p>A task is never wrapped, so that queues, handlers, hooks, comparators and stack traces are the
 * application's own. {@code tasks.TaskContexts} holds the span of each waiting task by the identity
 * of the task, and the thread that is about to run the task takes it:
 *
 * <ul>
 *   <li>{@code ThreadPoolExecutor}: put by {@code execute}, after other agents have wrapped the
 *       task, and, unless the task is periodic, by {@code delayedExecute} of the scheduled kind;
 *       taken when a worker gets the task. The span is current in {@code beforeExecute} and {@code
 *       afterExecute} too. Forgotten when the submission fails, a handler has dropped the task
 *       ({@link Rejections}), or the task is cancelled, removed or returned by {@code shutdownNow}.
 *   <li>{@code ForkJoinTask}: put by {@code fork} and the submission methods of the pool; taken
 *       around {@code doExec}. A task without any runs in none, since a worker that waits helps
 *       with whatever there is; only what is invoked on the spot runs in the span that is current.
 *   <li>{@code CompletableFuture}: a stage, synchronous or not, runs in the span in which it was
 *       registered (in none if there was none), whichever thread completes it and on whichever
 *       executor: put by the stage's constructor, entered around {@code run} and {@code tryFire}.
 *   <li>{@code ThreadPerTaskExecutor} (Java 21): the new thread starts with the span.
 * </ul>
 *
 * <p>Everything runs on application threads, without locks, and allocates only inside a span. A
 * plain {@code new Thread}, a timer's task and what {@code CompletableFuture.defaultExecutor()} is
 * given directly on a machine with one processor for the common pool carry no span.
 */
package io.otlpagent.instrumentation.library.executors;
