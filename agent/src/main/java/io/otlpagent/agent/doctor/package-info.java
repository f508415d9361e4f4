/**
 * What is wrong and what to do about it: the report that {@code /doctor} and the command {@code
 * doctor} give. Used by endpoint threads and by the command line, never by the application's.
 */
package io.otlpagent.agent.doctor;
