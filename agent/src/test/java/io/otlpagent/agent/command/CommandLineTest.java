package io.otlpagent.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({"docter, doctor", "lst, list", "ATTACH, attach", "check, attach"})
  void unknownCommandSuggestsTheNearest(String word, String nearest) {
    assertThat(run(word)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("did you mean " + nearest);
    assertThat(out.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"attach", "list", "doctor", "validate", "version"})
  void everyCommandHasHelpWithItsExitCodes(String command) {
    assertThat(run("help", command)).isZero();
    assertThat(out()).contains("java -jar otlp-agent.jar " + command).containsIgnoringCase("exit");
    assertThat(run(command, "--help")).isZero();
  }

  @Test
  void noCommandIsHelp() {
    assertThat(run()).isZero();
    assertThat(out()).contains("attach <pid>", "doctor [pid | url]", "validate <config.yaml>");
  }

  @Test
  void versionForMachines() {
    assertThat(run("version", "--json")).isZero();
    assertThat(out()).startsWith("{").contains("\"version\": ");
  }

  @Test
  void unknownOptionIsRefused() {
    assertThat(run("list", "--yaml")).isEqualTo(2);
    assertThat(err()).contains("--yaml", "--json");
  }

  @Test
  void superfluousWordIsRefused() {
    assertThat(run("version", "now")).isEqualTo(2);
    assertThat(err()).contains("unexpected: now");
  }

  @Test
  void validFileIsValid() throws IOException {
    String file = file("service:\n  name: shop\nbatch:\n  max_size: 100\n");

    assertThat(run("validate", file)).isZero();
    assertThat(out()).contains("is valid: 0 errors, 0 warnings");
  }

  @Test
  void misspelledKeyIsAnErrorWithItsLine() throws IOException {
    String file = file("service:\n  name: shop\nbatch:\n  max_sise: 100\n");

    assertThat(run("validate", file)).isEqualTo(2);
    assertThat(out())
        .contains(file + ":4: error: batch.max_sise is unknown")
        .contains("did you mean batch.max_size?")
        .contains("is not valid: 1 error, 0 warnings");
  }

  @Test
  void valueThatIsNoneIsAnErrorWithItsLine() throws IOException {
    String file = file("batch:\n  max_size: many\n");

    assertThat(run("validate", file)).isEqualTo(2);
    assertThat(out()).contains(file + ":2: error: ").contains("'many'");
  }

  @Test
  void brokenYamlIsAnErrorWithItsLine() throws IOException {
    String file = file("service:\n  name: [shop\nbatch: 1\n");

    assertThat(run("validate", file)).isEqualTo(2);
    assertThat(out()).containsPattern(":\\d+: error: YAML error in line \\d+");
  }

  @Test
  void absentFileIsAnError() {
    assertThat(run("validate", directory.resolve("none.yaml").toString())).isEqualTo(2);
    assertThat(out()).contains("none.yaml: error: ");
  }

  @Test
  void validationForMachinesHasTheSettings() throws IOException {
    String file = file("otlp:\n  headers:\n    api-key: secret-0815\n");

    assertThat(run("validate", "--json", file)).isZero();
    assertThat(out())
        .contains("\"valid\": true", "\"key\": \"otlp.headers\"")
        .doesNotContain("secret-0815");
  }

  @Test
  void variableOfTheFileComesFromTheEnvironment() throws IOException {
    String file = file("service:\n  name: ${NO_SUCH_VARIABLE:-shop}\n");

    assertThat(run("validate", "--json", file)).isZero();
    assertThat(out()).contains("\"value\": \"shop\"");
  }

  @Test
  void attachWantsProcessId() {
    assertThat(run("attach", "shop")).isEqualTo(2);
    assertThat(err()).contains("'shop' is no process id", "usage: ");
  }

  @Test
  void attachRefusesMisspelledSettingBeforeItAttaches() {
    assertThat(run("attach", "999999999", "batch.max_sise=1")).isEqualTo(2);
    assertThat(err()).contains("batch.max_size");
  }

  @Test
  void attachToNobodySaysSo() throws IOException {
    Path jar = Files.createFile(directory.resolve("otlp-agent.jar"));
    int code =
        CommandLine.run(new Console(print(out), print(err), jar.toString()), "attach", "999999999");

    assertThat(code).isEqualTo(1);
    assertThat(err()).contains("999999999");
  }

  @Test
  void doctorWantsProcessIdOrUrl() {
    assertThat(run("doctor", "shop")).isEqualTo(2);
    assertThat(err()).contains("neither a pid nor a URL");
  }

  @Test
  void doctorOfNobodySaysWhereToLook() {
    assertThat(run("doctor", "http://127.0.0.1:1")).isEqualTo(1);
    assertThat(err()).contains("no answer from http://127.0.0.1:1/doctor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///x", "ftp://host/x", "http://host:port", "http://host:99999"})
  void doctorRefusesOtherUrls(String url) {
    assertThat(run("doctor", url)).isEqualTo(2);
    assertThat(err()).contains("'" + url + "' is not the URL of an endpoint");
  }

  @Test
  void answerOfAnotherJvmIsNotTakenForThatOfTheProcess() throws CommandException {
    String json = "{\"agent\": {\"version\": \"1\", \"instance\": \"a-1\"}}";

    DoctorCommand.requireFrom("a-1", "7", "http://127.0.0.1:9464", json);
    DoctorCommand.requireFrom(null, "7", "http://127.0.0.1:9464", json);
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> DoctorCommand.requireFrom("b-2", "7", "http://127.0.0.1:9464", json))
        .withMessageContaining("where another JVM answers");
  }

  private String file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("config.yaml"), yaml).toString();
  }

  private int run(String... arguments) {
    return CommandLine.run(new Console(print(out), print(err), "otlp-agent.jar"), arguments);
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
