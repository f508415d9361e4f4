package io.otlpagent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchedProgramTest {

  @ParameterizedTest
  @CsvSource({
    "jdk.jcmd, sun.tools.jps.Jps, jdk.jcmd/sun.tools.jps.Jps, true",
    "java.base, sun.security.tools.keytool.Main, java.base/sun.security.tools.keytool.Main -list, true",
    "jdk.compiler, com.sun.tools.javac.Main, jdk.compiler/com.sun.tools.javac.Main A.java, true",
    "jdk.compiler, com.sun.tools.javac.launcher.Main, jdk.compiler/com.sun.tools.javac.launcher.Main A.java, false",
    "jdk.compiler, com.sun.tools.javac.launcher.SourceLauncher, x, false",
    "shop.web, com.example.Main, shop.web/com.example.Main, false",
    ", , sun.tools.jstack.JStack 12, true",
    ", , com.sun.tools.javac.Main A.java, true",
    ", , com.example.Main, false",
    ", , /srv/app.jar --port 80, false",
    ", , , false",
  })
  void toolsOfTheJdkAreLeftAlone(
      String module, String moduleMainClass, String command, boolean tool) {
    assertThat(LaunchedProgram.isJdkTool(module, moduleMainClass, command)).isEqualTo(tool);
  }

  @Test
  void agentsOwnCommandLineIsLeftAlone(@TempDir Path folder) throws IOException {
    File jar = Files.createFile(folder.resolve("otlp-agent.jar")).toFile();

    assertThat(LaunchedProgram.isOwnCommand(folder + "/./otlp-agent.jar", jar)).isTrue();
    assertThat(LaunchedProgram.isOwnCommand("/srv/otlp-agent.jar", jar)).isFalse();
    assertThat(LaunchedProgram.isOwnCommand("app.jar", jar)).isFalse();
    assertThat(LaunchedProgram.isOwnCommand(null, jar)).isFalse();
  }
}
