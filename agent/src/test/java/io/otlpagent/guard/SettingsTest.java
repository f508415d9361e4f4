package io.otlpagent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table of SETTINGS.md is made from the keys; {@code -Dsettings.write=true} makes it anew. */
final class SettingsTest {

  private static final Path DOCUMENT = Repository.root().resolve("SETTINGS.md");

  @Test
  void documentHasTheTableOfTheKeys() throws IOException {
    String text = String.join("\n", Repository.lines(DOCUMENT)) + "\n";
    int table = text.indexOf("\n| Key ") + 1;
    assertThat(table).as("start of the table").isPositive();
    if (Boolean.getBoolean("settings.write")) {
      text = text.substring(0, table) + ConfigReference.markdown();
      Files.writeString(DOCUMENT, text);
    }

    assertThat(text.substring(table))
        .as("run this test with -Dsettings.write=true, and commit SETTINGS.md")
        .isEqualTo(ConfigReference.markdown());
  }
}
