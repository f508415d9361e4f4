package io.otlpagent.instrumentation.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.indy.PluginClasses;
import io.otlpagent.instrumentation.library.InstrumentationModules;
import io.otlpagent.instrumentation.testing.WovenJvm;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentTransformerTest {

  private static final String PLUGIN = "io.otlpagent.instrumentation.library.httpurlconnection";
  private static final String CONNECTION = "sun.net.www.protocol.http.HttpURLConnection";
  private static final String CLIENT = "sun.net.www.http.HttpClient";

  private AgentTransformer transformer;
  private Class<?> broken;

  @BeforeEach
  void make() {
    WovenJvm.weave();
    transformer =
        new AgentTransformer(
            InstrumentationModules.all(), getClass().getClassLoader(), WovenJvm.oldCallSites());
  }

  @Test
  void classThatTheJvmRefusesIsNotCountedAsWoven() throws Exception {
    Class<?> connection = Class.forName(CONNECTION);
    Class<?> client = Class.forName(CLIENT);

    transformer.install(jvm(client, connection, client));

    PluginCounts counts = transformer.counts().plugin(PLUGIN);
    assertThat(counts.woven()).isOne();
    assertThat(counts.stuck()).isOne();
    assertThat(counts.firstStuck())
        .isEqualTo(CLIENT + ": the JVM refuses to change it: java.lang.InternalError: no");
    assertThat(transformer.counts().classesRewoven()).isOne();
    assertThat(transformer.counts().classesRefused()).isOne();
    assertThat(transformer.counts().classesFailed()).isZero();
  }

  @Test
  void classThatCannotBeWovenIsCountedOnceHoweverOftenItsBatchIsTried() throws Exception {
    Class<?> connection = Class.forName(CONNECTION);
    Class<?> client = Class.forName(CLIENT);
    broken = connection;

    transformer.install(jvm(client, connection, client));

    assertThat(transformer.counts().classesFailed()).isOne();
    assertThat(transformer.counts().classesRefused()).isOne();
    assertThat(transformer.counts().classesWoven()).isZero();
    assertThat(transformer.counts().plugin(PLUGIN).failure()).startsWith(CONNECTION);
  }

  @Test
  void retransformationBySomebodyElseIsNotCountedAgain() throws Exception {
    Class<?> connection = Class.forName(CONNECTION);
    transformer.install(jvm(null, connection));

    assertThat(transform(connection)).isNotNull();

    assertThat(transformer.counts().classesWoven()).isOne();
  }

  @Test
  void classThatCannotBeWovenIsNamed() {
    transformer.transform(null, CLIENT.replace('.', '/'), null, null, new byte[20]);

    assertThat(transformer.counts().classesFailed()).isOne();
    assertThat(transformer.counts().plugin(PLUGIN).failure()).startsWith(CLIENT + ": java.lang.");
  }

  private byte[] transform(Class<?> type) {
    byte[] bytes =
        type == broken
            ? new byte[20]
            : PluginClasses.read(ClassLoader.getSystemClassLoader(), type.getName());
    return transformer.transform(null, type.getName().replace('.', '/'), type, null, bytes);
  }

  /** A JVM with some classes, one of which it does not change. */
  private Instrumentation jvm(Class<?> refused, Class<?>... loaded) {
    return (Instrumentation)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAllLoadedClasses" -> loaded;
                  case "isModifiableClass" -> true;
                  case "retransformClasses" -> retransform(refused, (Class<?>[]) arguments[0]);
                  default -> null;
                });
  }

  private Object retransform(Class<?> refused, Class<?>[] types) throws UnmodifiableClassException {
    List<Class<?>> all = new ArrayList<>(List.of(types));
    all.forEach(this::transform);
    if (all.contains(refused)) {
      throw new InternalError("no");
    }
    return null;
  }
}
