/**
 * The command line, {@code java -jar otlp-agent.jar}: one class a command. Runs in a JVM of its own
 * on its main thread; {@code bootstrap.AgentCommand} calls it.
 */
package io.otlpagent.agent.command;
