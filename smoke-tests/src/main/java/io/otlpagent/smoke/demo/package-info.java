/** {@code mvn -Pdemo}: the shop under the agent, and a receiver that prints its traces. */
package io.otlpagent.smoke.demo;
