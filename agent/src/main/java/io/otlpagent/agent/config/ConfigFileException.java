package io.otlpagent.agent.config;

import java.io.IOException;

/** Why a file cannot be used, in words for its author, with the line where it is known. */
final class ConfigFileException extends IOException {

  private static final long serialVersionUID = 1;

  ConfigFileException(String message) {
    super(message);
  }
}
