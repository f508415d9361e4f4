/** How the agent gets into the JVM. Runs on the main thread before the application does. */
package io.otlpagent.bootstrap;
