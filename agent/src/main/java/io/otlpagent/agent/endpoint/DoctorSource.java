package io.otlpagent.agent.endpoint;

/** Says how the agent is, in full. Called on endpoint threads. */
public interface DoctorSource {

  /** A JSON object, without secrets. May take some seconds: it asks the collector. */
  String json();
}
