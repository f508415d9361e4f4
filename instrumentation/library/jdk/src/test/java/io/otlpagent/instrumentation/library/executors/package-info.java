/** Context on other threads: one contract for every kind of executor, and what each promises. */
package io.otlpagent.instrumentation.library.executors;
