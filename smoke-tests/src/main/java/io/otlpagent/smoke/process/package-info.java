/** Starts JVMs and tells what the operating system knows of them. */
package io.otlpagent.smoke.process;
