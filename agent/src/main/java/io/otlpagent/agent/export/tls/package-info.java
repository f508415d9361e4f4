/**
 * Keys, certificates and the socket factories that are made of them, read again when their files
 * change. Used by the transports on the thread that connects.
 */
package io.otlpagent.agent.export.tls;
