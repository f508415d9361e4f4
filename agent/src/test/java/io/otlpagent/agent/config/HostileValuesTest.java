package io.otlpagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigSetting;
import io.otlpagent.agent.config.value.ServiceLink;
import io.otlpagent.agent.doctor.Finding;
import io.otlpagent.agent.doctor.SettingsReport;
import io.otlpagent.agent.wiring.Senders;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every key, from every source, with values that no operator means: the agent starts, and one
 * warning says what is used in their place.
 */
class HostileValuesTest {

  private static final String SECRET = "hush";

  private static final List<String> VALUES =
      List.of(
          "",
          "  ",
          "abc",
          "-1",
          "0",
          "1e999",
          "NaN",
          "99999999999999999999",
          "999999999999d",
          "tcp://10.0.0.1:9464",
          "http://user:" + SECRET + "@host:99999999999/?key=" + SECRET,
          "abc%zz",
          "=",
          ",,,",
          "${",
          "\ud800",
          "x".repeat(5_000),
          "a,".repeat(5_000),
          "a\u0000b\u001b[31m\u0007c");

  @TempDir Path directory;

  static List<ConfigKey<?>> keys() {
    return AllKeys.all();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void valueIsUsedOrIsOneWarningAndTheDefault(ConfigKey<?> key) throws IOException {
    for (String value : VALUES) {
      for (Map.Entry<String, AgentConfig> loaded : load(key, value).entrySet()) {
        check(key, value, loaded.getKey(), loaded.getValue());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void fileThatChangesAndFileThatIsValidatedAreReadAlike(ConfigKey<?> key) throws IOException {
    for (String value : VALUES) {
      if (yaml(value) && key.inFile()) {
        String text = "\"" + key.path() + "\": " + quoted(value) + "\n";
        Path file = write("config.yaml", "batch: {max_size: 100}\n");
        Properties properties = new Properties();
        properties.setProperty("otlp.config.file", file.toString());
        AgentConfig running = AgentConfigLoader.load(null, properties, Map.of());

        ConfigReload reload =
            ConfigReload.of(running, AgentConfigLoader.reload(running, text, Map.of()));
        Files.writeString(file, text);
        ConfigCheck checked = ConfigCheck.of(file.toString(), Map.of());

        String what = key + " is " + abbreviated(value);
        assertThat(reload.changes().toString()).as(what).doesNotContain(SECRET);
        assertThat(SettingsReport.tree(checked.config())).as(what).isNotEmpty();
        assertThat(checked.errors() > 0).as(what).isEqualTo(!reload.warnings().isEmpty());
        if (refused(key, value.trim())) {
          assertThat(reload.config().fileErrors()).as(what).hasSize(1);
          assertThat(checked.errors()).as(what).isEqualTo(1);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void otherShapesInTheFileAreOneWarningAtMost(ConfigKey<?> key) throws IOException {
    List<String> shapes =
        List.of("null", "~", "", "[a, b]", "[[a]]", "[{a: b}]", "{a: {b: c}}", "{}", "[]", "[~]");
    for (String shape : shapes) {
      String what = key + ": " + shape;
      AgentConfig config = loadFile(key.path() + ": " + shape + "\n");

      exercise(config);
      assertThat(config.warnings()).as(what).hasSizeLessThanOrEqualTo(1);
      boolean empty = shape.isEmpty() || shape.equals("~") || shape.equals("null");
      if (empty) {
        assertThat(config.warnings()).as(what).isEmpty();
        assertThat(config.settings().values()).as(what).allMatch(HostileValuesTest::isDefault);
      } else if (shape.equals("[a, b]") && !key.type().equals(ConfigKey.LIST) && key.inFile()) {
        assertThat(config.warnings()).as(what).hasSize(1).first().asString().contains(key.path());
        assertThat(config.settings().get(key.path()).origin()).as(what).isEqualTo("default");
      }
    }
  }

  @Test
  void brokenFilesAreOneWarningAndTheDefaults() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("duplicate", "batch: {max_size: 1}\nbatch: {max_size: 2}\n".getBytes());
    files.put("duplicate null", "batch: ~\nbatch: {max_size: 2}\n".getBytes());
    files.put("broken", "batch:\n  max_size: 1\n timeout: 5s\n".getBytes());
    files.put("tab", "batch:\n\tmax_size: 1\n".getBytes());
    files.put("open", "batch: {max_size: 1".getBytes());
    files.put("version", "%YAML 99999999999.1\n---\nbatch: {max_size: 1}\n".getBytes());
    files.put("tag", "batch: !!java.net.URL [a]\n".getBytes());
    files.put("alias", "batch: *x\n".getBytes());
    files.put("control", "service: {name: \"a\"}\n\u0000\u0001".getBytes());
    files.put("latin", "service: {name: caf\u00e9}\n".getBytes(StandardCharsets.ISO_8859_1));
    files.put("utf16", "service: {name: shop}\n".getBytes(StandardCharsets.UTF_16));
    files.put("scalar", "nonsense\n".getBytes());
    files.put("binary", new byte[] {(byte) 0x80, 0, (byte) 0xff, 0x1f, (byte) 0x8b});
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = Files.write(directory.resolve("config.yaml"), file.getValue());
      Properties properties = new Properties();
      properties.setProperty("otlp.config.file", path.toString());

      AgentConfig config = AgentConfigLoader.load(null, properties, Map.of());

      exercise(config);
      assertThat(config.warnings()).as(file.getKey()).hasSize(1);
      assertThat(config.warnings().get(0)).as(file.getKey()).contains(path.toString());
      assertThat(config.batch().maxSize()).as(file.getKey()).isEqualTo(512);
      assertThat(ConfigCheck.of(path.toString(), Map.of()).errors()).as(file.getKey()).isOne();
    }
  }

  @Test
  void fileOfSomethingElseIsAFewWarnings() throws IOException {
    StringBuilder yaml = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      yaml.append("key").append(i).append(": ").append(i).append('\n');
    }
    yaml.append("? ").append("k".repeat(500_000)).append("\n: 1\n");

    AgentConfig config = loadFile(yaml.toString());

    assertThat(config.warnings()).hasSizeLessThan(25).allMatch(warning -> warning.length() < 1000);
    assertThat(config.warnings().toString()).contains("more keys are unknown and are ignored");
  }

  @Test
  void keyThatStandsTwiceInOneSourceIsAWarning() throws IOException {
    Properties properties = new Properties();
    properties.setProperty("otlp.batch.max_size", "1");
    properties.setProperty("otlp.batch.max-size", "2");

    assertThat(AgentConfigLoader.load(null, properties, Map.of()).warnings())
        .singleElement()
        .asString()
        .contains("is set more than once");
    assertThat(AgentConfigLoader.load("enabled=true;enabled=false", new Properties(), Map.of()))
        .matches(config -> !config.enabled())
        .matches(config -> config.warnings().size() == 1);
    assertThat(loadFile("batch: {max_size: 1, max-size: 2}").warnings()).hasSize(1);
  }

  @Test
  void kubernetesServiceLinksAreIgnoredQuietly() {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String service :
        List.of("OTLP_METRICS", "OTLP_SERVER", "OTEL_EXPORTER_PROMETHEUS", "OTLP")) {
      environment.put(service + "_SERVICE_HOST", "10.0.0.1");
      environment.put(service + "_SERVICE_PORT", "9464");
      environment.put(service + "_SERVICE_PORT_HTTP", "9464");
      environment.put(service + "_PORT", "tcp://10.0.0.1:9464");
      environment.put(service + "_PORT_9464_TCP", "tcp://10.0.0.1:9464");
      environment.put(service + "_PORT_9464_TCP_PROTO", "tcp");
      environment.put(service + "_PORT_9464_TCP_PORT", "9464");
      environment.put(service + "_PORT_9464_TCP_ADDR", "10.0.0.1");
    }
    environment.put("OTLP_METRICS_PORT", "udp://[fd00::1]:9464");

    AgentConfig config = AgentConfigLoader.load(null, new Properties(), environment);

    assertThat(config.warnings()).isEmpty();
    assertThat(config.server().port()).isEqualTo(9464);
    assertThat(config.server().metricsPort()).isEqualTo(9464);
    assertThat(config.remarks()).hasSize(environment.size());
    assertThat(config.settings().values()).allMatch(HostileValuesTest::isDefault);
  }

  @Test
  void noSettingLooksLikeAServiceLink() {
    for (ConfigKey<?> key : AllKeys.all()) {
      for (String name : key.lookupNames()) {
        String variable = ConfigKey.environmentName(name);
        assertThat(ServiceLink.is(variable, "9464")).as(variable).isFalse();
      }
    }
  }

  private static void check(ConfigKey<?> key, String value, String source, AgentConfig config)
      throws IOException {
    String what = key + " is " + abbreviated(value) + " by " + source;
    exercise(config);
    assertThat(config.warnings()).as(what).hasSizeLessThanOrEqualTo(1);
    String all = config.warnings() + " " + config.describe();
    assertThat(all.indexOf(SECRET + "@")).as(what).isNegative();
    assertThat(all.indexOf("=" + SECRET)).as(what).isNegative();
    if (value.isBlank()) {
      assertThat(config.warnings()).as(what).isEmpty();
      assertThat(config.settings().values()).as(what).allMatch(HostileValuesTest::isDefault);
    } else if (refused(key, value)) {
      assertThat(config.warnings()).as(what).hasSize(1);
      String warning = config.warnings().get(0);
      assertThat(warning).as(what).contains(source).hasSizeLessThan(1000).contains(": '");
      assertThat(warning).as(what).containsPattern("default .*is used|all of it is ignored");
      assertThat(warning.chars().noneMatch(Character::isISOControl)).as(what).isTrue();
      // Some are noted only if they are set.
      ConfigSetting setting = config.settings().get(key.path());
      assertThat(setting == null || isDefault(setting)).as(what).isTrue();
    }
  }

  private static boolean isDefault(ConfigSetting setting) {
    return setting.origin().equals("default")
        // How the file itself is named.
        || setting.path().equals("config.file")
        || setting.path().equals("otel.javaagent.configuration-file");
  }

  /** Whether it is no value of the key's type; decided without the code under test. */
  private static boolean refused(ConfigKey<?> key, String value) {
    String trimmed = value.trim();
    boolean control = trimmed.chars().anyMatch(Character::isISOControl);
    switch (key.type()) {
      case ConfigKey.INTEGER:
      case ConfigKey.DECIMAL:
        return !trimmed.isEmpty() && !(trimmed.equals("0") && zeroInRange(key));
      case ConfigKey.DURATION:
      case ConfigKey.BYTES:
        return !trimmed.isEmpty() && !trimmed.equals("0");
      case ConfigKey.BOOLEAN:
      case ConfigKey.CHOICE:
        return !trimmed.isEmpty();
      case ConfigKey.MAP:
        return !trimmed.isEmpty() && !trimmed.contains("?key=") && !trimmed.equals(",,,");
      default:
        return control;
    }
  }

  private static boolean zeroInRange(ConfigKey<?> key) {
    return new BigDecimal(key.range().substring(0, key.range().indexOf(".."))).signum() == 0;
  }

  /** Reads all that the agent, its doctor and its endpoint ask for. */
  private static void exercise(AgentConfig config) {
    config.enabled();
    config.remarks();
    config.settingsInForce();
    config.tracesExported();
    config.tracing().sampler().description();
    config.metrics().goesWith(config.otlp());
    config.otlp().headers();
    config.metrics().otlp().headers();
    assertThat(Senders.probe(config.otlp())).isNotNull();
    assertThat(Senders.probe(config.metrics().otlp())).isNotNull();
    List<Finding> findings = new ArrayList<>();
    SettingsReport.addFindings(config, findings);
    assertThat(SettingsReport.tree(config)).hasSameSizeAs(config.settingsInForce().keySet());
  }

  /** The same setting from each place that can say it, by how a warning names the place. */
  private Map<String, AgentConfig> load(ConfigKey<?> key, String value) throws IOException {
    Map<String, AgentConfig> loaded = new LinkedHashMap<>();
    Properties none = new Properties();
    loaded.put(
        "agent argument " + key.property(),
        AgentConfigLoader.load(key.property() + "=" + value, none, Map.of()));
    List<String> names = new ArrayList<>(key.aliases());
    names.add(key.property());
    for (String name : names) {
      Properties properties = new Properties();
      properties.setProperty(name, value);
      loaded.put("system property " + name, AgentConfigLoader.load(null, properties, Map.of()));
      if (!key.path().endsWith("file")) {
        loaded.put("properties file " + name, loadProperties(name, value));
      }
      String variable = ConfigKey.environmentName(name);
      if (!ServiceLink.is(variable, value.trim())) {
        loaded.put(
            "environment variable " + variable,
            AgentConfigLoader.load(null, none, Collections.singletonMap(variable, value)));
      }
    }
    if (key.inFile() && yaml(value)) {
      loaded.put(key.path(), loadFile(key.path() + ": " + quoted(value) + "\n"));
    }
    Map<String, AgentConfig> named = new LinkedHashMap<>();
    loaded.forEach((source, config) -> named.put(source.replace("properties file ", ": "), config));
    return named;
  }

  private AgentConfig loadProperties(String name, String value) throws IOException {
    Properties properties = new Properties();
    properties.setProperty(name, value);
    StringWriter text = new StringWriter();
    properties.store(text, null);
    Path file = write("agent.properties", text.toString().replace("\ud800", "?"));
    Properties naming = new Properties();
    naming.setProperty("otel.javaagent.configuration-file", file.toString());
    return AgentConfigLoader.load(null, naming, Map.of());
  }

  private AgentConfig loadFile(String yaml) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("otlp.config.file", write("config.yaml", yaml).toString());
    return AgentConfigLoader.load(null, properties, Map.of());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  /** A lone half of a character cannot be written in UTF-8. */
  private static boolean yaml(String value) {
    return !value.equals("\ud800");
  }

  /** In double quotes of YAML, with a variable's dollar doubled. */
  private static String quoted(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (char c : value.toCharArray()) {
      text.append(
          Character.isISOControl(c)
              ? String.format("\\x%02x", (int) c)
              : c == '$' ? "$$" : Character.toString(c));
    }
    return text.append('"').toString();
  }

  private static String abbreviated(String value) {
    String shown = value.length() > 40 ? value.substring(0, 40) + "..." : value;
    return Arrays.toString(shown.getBytes(StandardCharsets.UTF_8)).length() > 200
        ? shown
        : "'" + shown + "'";
  }
}
