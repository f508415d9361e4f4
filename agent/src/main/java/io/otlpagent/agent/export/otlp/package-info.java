/**
 * What is sent, as bytes: OTLP in protobuf or JSON, written and read without generated classes.
 * Runs on the exporter thread; what reads answers does so on the threads of a transport.
 */
package io.otlpagent.agent.export.otlp;
