package io.otlpagent.agent.doctor;

import io.otlpagent.agent.resource.Resource;

/** Who reports. Immutable. */
public final class Identity {

  final String version;
  final String instance;
  final Resource resource;
  final boolean attached;

  /**
   * @param version of the agent
   * @param instance tells this JVM from others, to those who ask the JVM and its endpoint
   * @param attached whether the application ran before the agent came
   */
  public Identity(String version, String instance, Resource resource, boolean attached) {
    this.version = version;
    this.instance = instance;
    this.resource = resource;
    this.attached = attached;
  }
}
