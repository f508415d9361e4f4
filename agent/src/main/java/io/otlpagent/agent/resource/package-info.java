/**
 * Who the spans come from: the service, its process, its host, its container. Detected once, on the
 * exporter thread before the first export.
 */
package io.otlpagent.agent.resource;
