/**
 * Standard output as a collector, or copies of what a collector gets. Writes on a thread of its
 * own, since a reader may not read.
 */
package io.otlpagent.agent.export.console;
