/**
 * From text to values: keys, sources in their order of precedence, and what may be shown of a
 * value. Loaded in {@code premain}, like all settings.
 */
package io.otlpagent.agent.config.value;
