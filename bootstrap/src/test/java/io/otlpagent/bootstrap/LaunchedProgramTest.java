package io.otlpagent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

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
}
