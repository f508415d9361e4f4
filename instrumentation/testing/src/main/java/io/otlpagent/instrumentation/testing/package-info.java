/** What the tests of instrumentations share. */
package io.otlpagent.instrumentation.testing;
