/**
 * What operators can set: one table of keys, read once at start from agent arguments, system
 * properties, the environment and a YAML file, in this order of precedence.
 *
 * <p>Loaded in {@code premain} on the application's main thread, so everything here but {@link
 * io.otlpagent.agent.config.ConfigFile} stays away from {@code java.nio.file}, regular expressions,
 * lambdas and {@code String.format}. The result is immutable and read by every part of the agent.
 */
package io.otlpagent.agent.config;
