/** Tests with real JVMs, every JDK on the machine, and the agent as it is shipped. */
package io.otlpagent.smoke;
