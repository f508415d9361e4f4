/**
 * A small OTLP receiver over gRPC: it keeps or counts the spans that it gets, answers questions
 * about them, and prints traces as trees.
 */
package io.otlpagent.smoke.receiver;
