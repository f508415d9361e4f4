package io.otlpagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.trace.SpanKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What loading the settings costs in premain, seen from a JVM of its own. */
class StartFootprintTest {

  private static final String BEGIN = "-- begin";
  private static final String END = "-- end";

  @Test
  void loadingWithoutAFileTouchesNothingHeavy() throws IOException, InterruptedException {
    String classes = classesLoaded();

    assertThat(classes)
        .contains("io.otlpagent.agent.config.AgentConfig ")
        .doesNotContain("java.util.regex")
        .doesNotContain("java.nio.file")
        .doesNotContain("java.util.logging")
        .doesNotContain("java.util.Formatter")
        .doesNotContain("java.lang.invoke.")
        .doesNotContain("java.util.stream")
        .doesNotContain("snakeyaml");
    assertThat(classes.split("io\\.otlpagent\\.agent\\.", -1)).hasSizeLessThanOrEqualTo(14);
  }

  private static String classesLoaded() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-verbose:class",
                "-cp",
                System.getProperty("java.class.path"),
                Loading.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(output).contains(BEGIN, END);
    return output.substring(output.indexOf(BEGIN), output.indexOf(END));
  }

  /** Runs in the other JVM. */
  static final class Loading {

    private Loading() {}

    public static void main(String[] arguments) {
      Properties properties = new Properties();
      // Opens the jar of that module: how the JDK does it is not what is measured.
      SpanKind.CLIENT.number();
      System.out.println(BEGIN);
      AgentConfig config = AgentConfigLoader.load(null, properties, java.util.Map.of());
      System.out.println(END);
      System.exit(config.enabled() ? 0 : 1);
    }
  }
}
