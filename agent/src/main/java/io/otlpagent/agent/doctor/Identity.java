package io.otlpagent.agent.doctor;

import io.otlpagent.agent.resource.Resource;

/** Who reports. Immutable. */
public final class Identity {

  final String version;
  final Resource resource;
  final boolean attached;

  /**
   * @param version of the agent
   * @param attached whether the application ran before the agent came
   */
  public Identity(String version, Resource resource, boolean attached) {
    this.version = version;
    this.resource = resource;
    this.attached = attached;
  }
}
