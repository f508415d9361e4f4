/** Real servers on loopback, each in a class loader of its own, and the contract that all keep. */
package io.otlpagent.instrumentation.testing.server;
