/** Rules about the sources themselves. The agent's module is the one that sees all others. */
package io.otlpagent.guard;
