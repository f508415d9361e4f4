package io.otlpagent.instrumentation.indy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.invoke.MethodType;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OldCallSitesTest {

  private static final MethodType TYPE = MethodType.methodType(void.class, Object.class);

  private final OldCallSites sites =
      new OldCallSites(
          new AdviceLinker(
              new PluginClassLoaders(
                  getClass().getClassLoader(), Map.of(), (packages, plugin) -> {})));

  private int highest;

  @Test
  void callHasTheSameNumberHoweverOftenItsClassIsWoven() {
    ClassLoader loader = loader();
    int number = number(loader, "Driver", "enter");

    assertThat(number(loader, "Driver", "enter")).isEqualTo(number);
    assertThat(number(loader, "Driver", "exit")).isEqualTo(number + 1);
  }

  @Test
  void callsThatDifferHaveNumbersOfTheirOwn() {
    ClassLoader loader = loader();

    assertThat(
            new int[] {
              number(loader, "Driver", "enter"),
              number(loader, "Driver", "exit"),
              number(loader, "OtherDriver", "enter"),
              number(loader(), "Driver", "enter"),
              number(null, "Driver", "enter")
            })
        .doesNotHaveDuplicates();
  }

  @Test
  void loadersThatAreEqualHaveNumbersOfTheirOwn() {
    int number = number(new PluginClassLoadersTest.EqualLoader(), "Driver", "enter");

    assertThat(number(new PluginClassLoadersTest.EqualLoader(), "Driver", "enter"))
        .isNotEqualTo(number);
    assertThat(number(new PluginClassLoadersTest.FailingLoader(), "Driver", "enter"))
        .isNotEqualTo(number);
  }

  @Test
  void numbersOfLoadersThatAreGoneAreUsedAgain() {
    ClassLoader lasting = loader();
    int kept = number(lasting, "Driver", "enter");

    await()
        .untilAsserted(
            () -> {
              for (int i = 0; i < 100; i++) {
                number(loader(), "Driver", "enter");
              }
              System.gc();
              assertThat(number(loader(), "Driver", "enter")).isLessThan(highest);
            });
    assertThat(number(lasting, "Driver", "enter")).isEqualTo(kept);
  }

  private int number(ClassLoader loader, String caller, String method) {
    int number =
        sites.caller(loader, "com.example." + caller).number(method, TYPE, "plugin", "Advice", "");
    highest = Math.max(highest, number);
    return number;
  }

  private static ClassLoader loader() {
    return new ClassLoader(null) {};
  }
}
