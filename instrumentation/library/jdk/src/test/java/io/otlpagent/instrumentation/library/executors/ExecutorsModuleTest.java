package io.otlpagent.instrumentation.library.executors;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.TypeInstrumentation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules against the classes of the JDK that runs the test. */
class ExecutorsModuleTest {

  @Test
  void everyWayToCancelATaskIsWoven() throws IOException {
    Set<String> woven =
        new ExecutorsModule()
            .types().stream()
                .filter(type -> type.methods().stream().anyMatch(m -> m.method().equals("cancel")))
                .map(TypeInstrumentation::typeName)
                .collect(Collectors.toSet());

    assertThat(concurrentClasses().filter(ExecutorsModuleTest::cancelsInItsOwnWay))
        .extracting(Class::getName)
        .contains("java.util.concurrent.FutureTask", "java.util.concurrent.ForkJoinTask")
        .isSubsetOf(woven);
  }

  private static boolean cancelsInItsOwnWay(Class<?> type) {
    if (!ForkJoinTask.class.isAssignableFrom(type) && !FutureTask.class.isAssignableFrom(type)) {
      return false;
    }
    // It calls the method of FutureTask.
    if (type.getName().endsWith("ScheduledThreadPoolExecutor$ScheduledFutureTask")) {
      return false;
    }
    return Stream.of(type.getDeclaredMethods()).anyMatch(m -> m.getName().equals("cancel"));
  }

  private static Stream<Class<?>> concurrentClasses() throws IOException {
    Path folder =
        FileSystems.getFileSystem(URI.create("jrt:/"))
            .getPath("/modules/java.base/java/util/concurrent");
    try (Stream<Path> files = Files.list(folder)) {
      List<Class<?>> classes =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".class"))
              .map(name -> "java.util.concurrent." + name.substring(0, name.length() - 6))
              .<Class<?>>map(ExecutorsModuleTest::found)
              .toList();
      return classes.stream();
    }
  }

  private static Class<?> found(String name) {
    try {
      return Class.forName(name, false, null);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
