package io.otlpagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.otlpagent.agent.config.value.ConfigSetting;
import io.otlpagent.agent.config.value.FileText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigWatchTest {

  @TempDir Path directory;

  private final Map<String, String> environment = new HashMap<>();

  // Each file is older than the watch's patience, and each is from another second.
  private Instant time = Instant.now().minusSeconds(1000);

  @Test
  void fileThatStaysIsNoNews() throws IOException {
    ConfigWatch watch = watch("batch: {max_size: 100}");

    assertThat(watch.poll()).isNull();
    assertThat(watch.poll()).isNull();
  }

  @Test
  void eachChangedKeyIsListedWithItsOldAndItsNewValue() throws IOException {
    ConfigWatch watch = watch("batch: {max_size: 100}\nlogging: {level: info}");
    write("batch: {max_size: 200}\nservice: {name: shop}");

    ConfigReload reload = poll(watch);

    assertThat(reload.failure()).isNull();
    assertThat(reload.changes())
        .extracting(ConfigChange::toString)
        .containsExactly("batch.max_size 100 -> 200", "service.name (unset) -> shop");
    assertThat(reload.changes()).extracting(ConfigChange::live).containsExactly(true, false);
    assertThat(reload.config().batch().maxSize()).isEqualTo(200);
    assertThat(watch.poll()).isNull();
  }

  @Test
  void fileThatWasTouchedOnlyIsNoNews() throws IOException {
    ConfigWatch watch = watch("batch: {max_size: 100}");
    watch.poll();
    write("batch: {max_size: 100}");

    assertThat(watch.poll()).isNull();
  }

  @Test
  void otherFileOfTheSameAgeAndSizeIsNews() throws IOException {
    ConfigWatch watch = watch("batch: {max_size: 100}");
    watch.poll();
    Path other = directory.resolve("other");
    Files.writeString(other, "batch: {max_size: 200}");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file()));
    Files.move(other, file(), StandardCopyOption.REPLACE_EXISTING);

    assertThat(poll(watch).config().batch().maxSize()).isEqualTo(200);
  }

  @Test
  void configMapThatKubernetesTurnsOverIsNews() throws IOException {
    Path mount = Files.createDirectory(directory.resolve("mount"));
    Path first = version(mount, "..1", "batch: {max_size: 100}");
    Path second = version(mount, "..2", "batch: {max_size: 200}");
    Files.createSymbolicLink(mount.resolve("..data"), first.getFileName());
    Path file = mount.resolve("config.yaml");
    Files.createSymbolicLink(file, Path.of("..data", "config.yaml"));
    ConfigWatch watch = new ConfigWatch(load(file), environment);
    assertThat(watch.poll()).isNull();

    Path next = Files.createSymbolicLink(mount.resolve("..tmp"), second.getFileName());
    Files.move(next, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

    assertThat(poll(watch).config().batch().maxSize()).isEqualTo(200);
  }

  @Test
  void brokenFileLeavesTheOldOneInForceAndIsReportedOnce() throws IOException {
    ConfigWatch watch = watch("batch: {max_size: 100}");
    write("batch:\n  max_size: 200\n timeout: 5s");

    ConfigReload reload = poll(watch);

    assertThat(reload.failure()).contains("line 3", "the settings stay as they were");
    assertThat(reload.config().batch().maxSize()).isEqualTo(100);
    assertThat(watch.poll()).isNull();
    write("batch:\n  max_size: 200\n timeout: 5s");
    assertThat(watch.poll()).isNull();
    write("batch:\n  max_size: 300");
    assertThat(poll(watch).config().batch().maxSize()).isEqualTo(300);
  }

  @Test
  void unusableValueRefusesTheWholeFileAndSaysWhatToWrite() throws IOException {
    ConfigWatch watch = watch("batch: {max_size: 100}");
    write("service: {name: x}\nbatch:\n  max_size: many\n  timeout: soon\n");

    ConfigReload reload = poll(watch);

    assertThat(reload.failure())
        .contains(
            "line 3: batch.max_size: 'many' is not a whole number from 1 to 1048576",
            "line 4: batch.timeout: 'soon' is not a duration such as 5s");
    assertThat(reload.config().batch().maxSize()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sampling: {rules: ['route=/a ratio=2']}| ratio '2' must be a number",
        "propagators: [tracecontxt]| propagator 'tracecontxt' is not supported",
        "otel: {instrumentation: {jdbc: {enabled: off}}}| 'off' is neither true nor false",
        "otel: {traces: {exporter: zipkin}}| no exporter 'zipkin'",
        "metrics: {exporter: [otlp, statsd]}| no exporter 'statsd'",
        "otlp: {endpoint: 'http://'}| is not a URL",
      })
  void valueThatIsOnlyWarnedOfAtStartRefusesTheFileLater(String yaml, String problem)
      throws IOException {
    ConfigWatch watch = watch("batch: {max_size: 100}");
    write(yaml);

    ConfigReload reload = poll(watch);

    assertThat(reload.failure()).contains("cannot be applied", problem);
    assertThat(reload.config().batch().maxSize()).isEqualTo(100);
  }

  @Test
  void settingsInForceAreThoseOfTheStartWhereARestartIsNeeded() throws IOException {
    ConfigWatch watch = watch("service: {name: old}\nbatch: {max_size: 100}");
    write("service: {name: new}\nbatch: {max_size: 200, max_queue_size: 4096}");
    poll(watch);
    write("service: {name: newer}\nbatch: {max_size: 300, max_queue_size: 4096}");

    AgentConfig config = poll(watch).config();

    assertThat(config.settingsInForce().values())
        .extracting(ConfigSetting::path, ConfigSetting::value)
        .contains(
            tuple("service.name", "old"),
            tuple("batch.max_size", "300"),
            tuple("batch.max_queue_size", "2048"));
    assertThat(config.atStart().batch().maxSize()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({
    "otlp, console, false, otlp",
    "otlp, 'otlp,console', false, otlp",
    "otlp, none, true, none",
    "console, otlp, false, console",
    "console, logging-otlp, true, logging-otlp",
    "none, otlp, false, none",
  })
  void spansGoWhereTheyWentAtTheStartOrNowhere(
      String before, String after, boolean live, String inForce) throws IOException {
    ConfigWatch watch = watch(exporter(before));
    write(exporter(after));

    ConfigReload reload = poll(watch);

    assertThat(reload.changes()).extracting(ConfigChange::live).containsExactly(live);
    assertThat(exporterInForce(reload)).isEqualTo(inForce);
    assertThat(reload.changesSampling()).isEqualTo(after.equals("none"));
    write(exporter(before) + "\nbatch: {max_size: 7}");
    reload = poll(watch);
    assertThat(reload.changes()).extracting(ConfigChange::live).containsExactly(true, true);
    assertThat(exporterInForce(reload)).isEqualTo(before);
  }

  private static String exporter(String list) {
    return "otel: {traces: {exporter: [" + list + "]}}";
  }

  private static String exporterInForce(ConfigReload reload) {
    return Objects.requireNonNull(
            reload.config().settingsInForce().get("otel.traces.exporter"), "no exporter")
        .value();
  }

  @Test
  void fileCannotOverrideWhatIsStronger() throws IOException {
    environment.put("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "50");
    ConfigWatch watch = watch("batch: {max_size: 100}");
    write("batch: {max_size: 200}");

    ConfigReload reload = poll(watch);

    assertThat(reload.changes()).isEmpty();
    assertThat(reload.overridden())
        .containsExactly("batch.max_size (environment variable OTEL_BSP_MAX_EXPORT_BATCH_SIZE)");
    assertThat(reload.config().batch().maxSize()).isEqualTo(50);
  }

  @Test
  void secretsAreComparedAndNotShown() throws IOException {
    ConfigWatch watch = watch("otlp: {headers: {api-key: old-secret}}");
    write("otlp: {headers: {api-key: new-secret}}");

    ConfigReload reload = poll(watch);

    assertThat(reload.changes())
        .extracting(ConfigChange::toString)
        .containsExactly("otlp.headers changed");
  }

  @Test
  void switchOfOneLibraryComesAndGoes() throws IOException {
    ConfigWatch watch = watch("");
    write("otel: {instrumentation: {jdbc: {enabled: false}}}");
    ConfigReload off = poll(watch);
    write("# nothing");
    ConfigReload on = poll(watch);

    assertThat(off.changes())
        .extracting(ConfigChange::toString)
        .containsExactly("otel.instrumentation.jdbc.enabled (unset) -> false");
    assertThat(off.config().instrumentation().enabled("jdbc", "jdbc")).isFalse();
    assertThat(on.config().instrumentation().enabled("jdbc", "jdbc")).isTrue();
    assertThat(on.changes()).hasSize(1);
  }

  @Test
  void fileThatIsGoneForAMomentIsNoNews() throws IOException {
    ConfigWatch watch = watch("batch: {max_size: 100}");
    watch.poll();
    Files.delete(file());

    assertThat(watch.poll()).isNull();
    write("batch: {max_size: 200}");
    assertThat(poll(watch).config().batch().maxSize()).isEqualTo(200);
  }

  @Test
  void whatCannotBeReadIsReportedOnceAndLookedAtAgain() throws IOException {
    ConfigWatch watch = watch("batch: {max_size: 100}");
    watch.poll();
    Files.delete(file());
    Files.createDirectory(file());
    Files.setLastModifiedTime(file(), FileTime.from(time));

    ConfigReload folder = poll(watch);

    assertThat(folder.failure())
        .endsWith("the settings stay as they were: it is not a regular file");
    assertThat(folder.config().batch().maxSize()).isEqualTo(100);
    assertThat(watch.poll()).isNull();
    Files.delete(file());
    write("#".repeat(FileText.MAX_BYTES + 1));
    assertThat(poll(watch).failure()).endsWith("it has more than 1048576 bytes");
    assertThat(watch.poll()).isNull();
    write("batch: {max_size: 200}");
    assertThat(poll(watch).config().batch().maxSize()).isEqualTo(200);
  }

  @Test
  void fileThatCannotBeReadIsReportedAndReadOnceItCan() throws IOException {
    ConfigWatch watch = watch("batch: {max_size: 100}");
    watch.poll();
    // A regular file of which not even root can read the first byte.
    Path unreadable = Paths.get("/proc/self/mem");
    assumeTrue(Files.isReadable(unreadable));
    Files.delete(file());
    Files.createSymbolicLink(file(), unreadable);

    assertThat(await().until(watch::poll, Objects::nonNull).failure()).contains("cannot be read");
    assertThat(watch.poll()).isNull();
    Files.delete(file());
    write("enabled: false");
    assertThat(poll(watch).config().paused()).isTrue();
  }

  @Test
  void fileThatIsStillBeingWrittenHasToWait() throws IOException {
    ConfigWatch watch = watch("batch: {max_size: 100}");
    Files.writeString(file(), "");
    Files.setLastModifiedTime(file(), FileTime.from(Instant.now()));

    assertThat(watch.poll()).isNull();
  }

  @Test
  void fileThatComesLaterIsReadThen() throws IOException {
    ConfigWatch watch = new ConfigWatch(load(file()), environment);
    assertThat(watch.poll()).isNull();

    write("batch: {max_size: 200}");

    assertThat(poll(watch).config().batch().maxSize()).isEqualTo(200);
  }

  @Test
  void enabledInTheFileOnlyPauses() throws IOException {
    ConfigWatch watch = watch("enabled: false");
    AgentConfig paused = load(file());
    write("enabled: true");

    assertThat(paused.enabled()).isTrue();
    assertThat(paused.paused()).isTrue();
    assertThat(poll(watch).config().paused()).isFalse();
    environment.put("OTLP_ENABLED", "false");
    assertThat(load(file()).enabled()).isFalse();
  }

  private ConfigWatch watch(String yaml) throws IOException {
    write(yaml);
    return new ConfigWatch(load(file()), environment);
  }

  private static ConfigReload poll(ConfigWatch watch) {
    @Nullable ConfigReload reload = watch.poll();
    return Objects.requireNonNull(reload);
  }

  private AgentConfig load(Path file) {
    Properties properties = new Properties();
    properties.setProperty("otlp.config.file", file.toString());
    return AgentConfigLoader.load(null, properties, environment);
  }

  private Path version(Path mount, String name, String yaml) throws IOException {
    Path version = Files.createDirectory(mount.resolve(name));
    Path file = Files.writeString(version.resolve("config.yaml"), yaml);
    Files.setLastModifiedTime(file, FileTime.from(time));
    return version;
  }

  private void write(String yaml) throws IOException {
    Files.writeString(file(), yaml);
    time = time.plusSeconds(1);
    Files.setLastModifiedTime(file(), FileTime.from(time));
  }

  private Path file() {
    return directory.resolve("config.yaml");
  }
}
