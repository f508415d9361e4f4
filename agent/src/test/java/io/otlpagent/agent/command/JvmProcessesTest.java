package io.otlpagent.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class JvmProcessesTest {

  @TempDir Path directory;

  @Test
  void jvmSaysWhatItIs() {
    String pid = Long.toString(ProcessHandle.current().pid());
    JvmProcess self = JvmProcesses.find(pid);
    Assumptions.assumeTrue(self != null, "this JVM keeps no performance data");

    assertThat(self.javaVersion()).isEqualTo(System.getProperty("java.version"));
    assertThat(System.getProperty("sun.java.command")).startsWith(self.program());
    assertThat(self.hasOurAgent()).isFalse();
    assertThat(self.attachable()).isTrue();
    assertThat(self.jvmOptions()).anyMatch(option -> option.startsWith("-Xmx"));
  }

  @Test
  void listLeavesOutTheOneThatAsks() {
    String pid = Long.toString(ProcessHandle.current().pid());

    assertThat(JvmProcesses.all()).extracting(JvmProcess::pid).doesNotContain(pid);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void fileThatSomebodyElseHasPutThereIsNotBelieved() throws IOException {
    String pid = Long.toString(ProcessHandle.current().pid());
    Path folder = Files.createDirectory(directory.resolve("hsperfdata_user"));
    Path file = Files.createFile(folder.resolve(pid));
    Path link = Files.createSymbolicLink(directory.resolve("hsperfdata_link"), folder);
    Path fileLink = Files.createSymbolicLink(folder.resolve("1"), file);

    assertThat(JvmProcesses.isOf(pid, file.toFile())).isTrue();
    assertThat(JvmProcesses.isOf("999999999", file.toFile())).isFalse();
    assertThat(JvmProcesses.isOf(pid, link.resolve(pid).toFile())).isFalse();
    assertThat(JvmProcesses.isOf(pid, fileLink.toFile())).isFalse();
    // Root's would be believed whatever the process.
    long writer = new ProcFiles(pid).user();
    assertThat(JvmProcesses.isOf(writer, file.toFile())).isTrue();
    assertThat(JvmProcesses.isOf(writer + 1, file.toFile())).isEqualTo(writer == 0);
    assertThat(JvmProcesses.isWriter(4_000_000, 4_000_001)).isFalse();
    assertThat(JvmProcesses.isWriter(4_000_000, 4_000_000)).isTrue();
    assertThat(JvmProcesses.isWriter(0, 4_000_001)).isTrue();
  }

  @Test
  void fileThatCannotBeBelievedHidesNoOther() throws IOException {
    String pid = Long.toString(ProcessHandle.current().pid());
    File link =
        Files.createSymbolicLink(directory.resolve("hsperfdata_link"), folder("other")).toFile();
    File damaged = Files.createFile(folder("stale").resolve("7")).toFile();
    ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xC0, (byte) 0xC0, 1, 2});
    File real = Files.write(folder("real").resolve("7"), bytes.array()).toFile();
    List<File> files = List.of(new File(link, "7"), damaged, real);

    assertThat(JvmProcesses.find(pid, "7", files))
        .isNotNull()
        .extracting(JvmProcess::pid)
        .isEqualTo(pid);
    assertThat(JvmProcesses.find(pid, "8", files)).isNull();
    assertThat(JvmProcesses.find(pid, "7", files.subList(0, 2))).isNull();
  }

  private Path folder(String user) throws IOException {
    return Files.createDirectory(directory.resolve("hsperfdata_" + user));
  }

  @Test
  void entryThatPointsOutOfItselfIsRefused() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xC0, (byte) 0xC0, 1, 2});
    bytes.putInt(24, 32).putInt(28, 1);
    // Length, name, vector, type, data.
    bytes.putInt(32, 20).putInt(36, 0).putInt(40, 1000).put(44, (byte) 'B').putInt(48, 1000);
    File file = Files.write(directory.resolve("4"), bytes.array()).toFile();

    Assertions.assertThatIOException()
        .isThrownBy(() -> PerfData.read(file))
        .withMessageContaining("damaged");
  }

  @Test
  void otherFileIsRefused() throws IOException {
    File file = Files.writeString(directory.resolve("1"), "x".repeat(100)).toFile();

    Assertions.assertThatIOException().isThrownBy(() -> PerfData.read(file));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void pipeIsRefusedAndNotWaitedFor() throws Exception {
    Path pipe = directory.resolve("3");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () ->
            Assertions.assertThatIOException()
                .isThrownBy(() -> PerfData.read(pipe.toFile()))
                .withMessageContaining("not a regular file"));
  }

  @Test
  void damagedFileIsRefused() throws IOException {
    byte[] bytes = new byte[64];
    bytes[0] = (byte) 0xCA;
    bytes[1] = (byte) 0xFE;
    bytes[2] = (byte) 0xC0;
    bytes[3] = (byte) 0xC0;
    bytes[4] = 1;
    bytes[5] = 2;
    bytes[24] = 60;
    bytes[28] = 5;
    File file = Files.write(directory.resolve("2"), bytes).toFile();

    Assertions.assertThatIOException().isThrownBy(() -> PerfData.read(file));
  }

  @Test
  void onlyDigitsAreProcessId() {
    assertThat(JvmProcesses.isNumber("123")).isTrue();
    assertThat(JvmProcesses.isNumber("")).isFalse();
    assertThat(JvmProcesses.isNumber("12a")).isFalse();
    assertThat(JvmProcesses.isNumber("99999999999")).isFalse();
  }
}
