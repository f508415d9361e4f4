package io.otlpagent.agent.config.value;

import java.io.IOException;

/** Why a file cannot be used, in words for its author, with the line where it is known. */
public final class ConfigFileException extends IOException {

  private static final long serialVersionUID = 1;

  public ConfigFileException(String message) {
    super(message);
  }
}
