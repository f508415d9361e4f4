/**
 * Which span a task takes to the thread that runs it. Tasks are kept by identity and never wrapped.
 * Called on the application's threads, without locks.
 */
package io.otlpagent.instrumentation.tasks;
