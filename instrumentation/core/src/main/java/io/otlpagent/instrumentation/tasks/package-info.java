/**
 * What a task takes to the thread that runs it: {@code TaskHandoff}, for the plugins of pools,
 * event loops and reactive libraries. Tasks are kept by identity and never wrapped. Called on the
 * application's threads, without locks.
 */
package io.otlpagent.instrumentation.tasks;
