package io.otlpagent.instrumentation.indy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otlpagent.fixture.LooksLikeStatement;
import io.otlpagent.fixture.Unrelated;
import io.otlpagent.instrumentation.testing.Calls;
import io.otlpagent.instrumentation.testing.WovenJvm;
import io.otlpagent.instrumentation.transform.Woven;
import io.otlpagent.instrumentation.transform.plugin.ServletAdvice;
import java.io.IOException;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a call is linked to, by what the application's loader says of the library. */
final class AdviceLinkerTest {

  private static final String LIBRARY = "javax.servlet.Servlet";
  private static final String SUBTYPE = LooksLikeStatement.class.getName();
  private static final MethodType ENTER = MethodType.methodType(Object.class, Object.class);
  private static final MethodType EXIT = MethodType.methodType(void.class, Object.class);

  private final Deque<ClassNotFoundException> failures = new ArrayDeque<>();
  private final ClassLoader agent =
      new ClassLoader(getClass().getClassLoader()) {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
          if (name.equals(LIBRARY)) {
            throw new ClassNotFoundException(name);
          }
          return super.loadClass(name, resolve);
        }
      };

  private final AdviceLinker linker =
      new AdviceLinker(new PluginClassLoaders(agent, Map.of(), (packages, plugin) -> {}));

  @BeforeEach
  void connect() {
    // Call sites that wait are those of the dispatcher.
    WovenJvm.weave();
    Calls.SEEN.clear();
  }

  @Test
  void libraryThatCannotBeReadIsAskedAgain() throws Throwable {
    failures.add(new ClassNotFoundException(LIBRARY, new IOException("too many open files")));
    MethodHandle enter = enter(application()).dynamicInvoker();

    assertThat((Object) enter.invokeExact((Object) "one")).isNull();
    assertThat((Object) enter.invokeExact((Object) "two")).isEqualTo("state");

    assertThat(Calls.SEEN).containsExactly("enter two");
  }

  @Test
  void libraryThatLacksATypeIsNotAskedAgain() throws Exception {
    Class<?> application = application();
    failures.add(new ClassNotFoundException(LIBRARY));

    assertThatThrownBy(() -> enter(application)).isInstanceOf(PluginRefusedException.class);
    assertThatThrownBy(() -> enter(application)).isInstanceOf(PluginRefusedException.class);
    assertThatThrownBy(() -> exit(application)).isInstanceOf(PluginRefusedException.class);

    assertThat(linker.counts().missing(ServletAdvice.class.getPackageName()))
        .isEqualTo("javax/servlet/Servlet");
  }

  @Test
  void exitIsLinkedOnceItsEnterIs() throws Throwable {
    Class<?> application = application();
    MethodHandle exit = exit(application).dynamicInvoker();

    exit.invokeExact((Object) "state");
    assertThat(Calls.SEEN).isEmpty();

    MethodHandle enter = enter(application).dynamicInvoker();
    exit.invokeExact((Object) enter.invokeExact((Object) "one"));
    assertThat(Calls.SEEN).containsExactly("enter one", "exit state");
  }

  @Test
  void exitThatFailsKeepsItsEnterFromBeingLinked() throws Exception {
    Class<?> application = application();

    assertThatThrownBy(() -> link(application, "enter", ENTER, "absent" + descriptor(EXIT)))
        .isInstanceOf(PluginRefusedException.class);
    assertThat(linker.counts().count(ServletAdvice.class.getPackageName())).isZero();
  }

  @Test
  void callsOfTheSameKindShareWhatTheyAreLinkedTo() throws Exception {
    Class<?> application = application();

    assertThat(enter(application).getTarget()).isSameAs(enter(application).getTarget());
    assertThat(enter(application()).getTarget()).isNotSameAs(enter(application).getTarget());
  }

  @Test
  void noCallIsLinkedToALoaderThatAnotherThreadHasAbandoned() throws Throwable {
    ClassLoader application = application().getClassLoader();
    String plugin = ServletAdvice.class.getPackageName();
    PluginClassLoaders plugins = new PluginClassLoaders(agent, Map.of(), (packages, name) -> {});
    String simpleName = ServletAdvice.class.getSimpleName();
    AdviceCall exit = new AdviceCall("exit", EXIT, plugin, simpleName, AdviceLinker.AFTER_ENTER);
    Class<?> advice = plugins.load(application, plugin, simpleName);
    MethodHandle made = MethodHandles.constant(Object.class, null);

    plugins.forgetUnused(application, plugin);

    assertThatThrownBy(() -> PluginClassLoaders.keep(advice, exit, made))
        .isInstanceOf(IllegalStateException.class);
    Class<?> again = plugins.load(application, plugin, simpleName);
    assertThat(PluginClassLoaders.keep(again, exit, made)).isSameAs(made);
    plugins.forgetUnused(application, plugin);
    assertThat(plugins.linked(application, exit)).isSameAs(made);
  }

  @Test
  void neitherEnterNorExitIsLinkedInAClassThatDoesNotMeetTheCondition() throws Exception {
    String plugin = ServletAdvice.class.getPackageName();
    Class<?> application = application();
    long failedLinks = AdviceErrors.failedLinks();
    long postponedLinks = AdviceErrors.postponedLinks();
    // Another class of the same loader has what the two would be linked to.
    enter(application);

    assertThat(conditional(application, "enter", ENTER, "exit" + descriptor(EXIT))).isNull();
    assertThat(conditional(application, "exit", EXIT, AdviceLinker.AFTER_ENTER)).isNull();

    assertThat(linker.counts().count(plugin)).isOne();
    assertThat(linker.counts().confirmed(plugin)).isZero();
    assertThat(AdviceErrors.failedLinks()).isEqualTo(failedLinks);
    assertThat(AdviceErrors.postponedLinks()).isEqualTo(postponedLinks);
  }

  @Test
  void classThatMeetsTheConditionIsLinkedAtALaterCallIfTheFirstFails() throws Throwable {
    Class<?> application = application().getClassLoader().loadClass(SUBTYPE);
    failures.add(new ClassNotFoundException(LIBRARY, new IOException("too many open files")));
    MethodHandle enter =
        conditional(application, "enter", ENTER, "exit" + descriptor(EXIT)).dynamicInvoker();
    MethodHandle exit =
        conditional(application, "exit", EXIT, AdviceLinker.AFTER_ENTER).dynamicInvoker();

    exit.invokeExact((Object) enter.invokeExact((Object) "one"));
    assertThat(Calls.SEEN).isEmpty();
    exit.invokeExact((Object) enter.invokeExact((Object) "two"));

    assertThat(Calls.SEEN).containsExactly("enter two", "exit state");
    assertThat(linker.counts().confirmed(ServletAdvice.class.getPackageName())).isOne();
  }

  /** A call that is for subtypes of {@link Unrelated} only. */
  private CallSite conditional(Class<?> application, String name, MethodType type, String exit)
      throws Exception {
    String advice = ServletAdvice.class.getSimpleName();
    String condition = AdviceLinker.IF_SUBTYPE_OF + Unrelated.class.getName();
    return link(application, name, type, advice + condition, exit);
  }

  private CallSite enter(Class<?> application) throws Exception {
    return link(application, "enter", ENTER, "exit" + descriptor(EXIT));
  }

  private CallSite exit(Class<?> application) throws Exception {
    return link(application, "exit", EXIT, AdviceLinker.AFTER_ENTER);
  }

  private static String descriptor(MethodType type) {
    return type.toMethodDescriptorString();
  }

  private CallSite link(Class<?> application, String name, MethodType type, String exit)
      throws Exception {
    return link(application, name, type, ServletAdvice.class.getSimpleName(), exit);
  }

  private CallSite link(
      Class<?> application, String name, MethodType type, String target, String exit)
      throws Exception {
    MethodHandles.Lookup lookup =
        MethodHandles.privateLookupIn(application, MethodHandles.lookup());
    return linker.link(lookup, name, type, ServletAdvice.class.getPackageName(), target, exit);
  }

  /** A class of an application whose loader fails to load the library as often as it should. */
  private Class<?> application() throws ClassNotFoundException {
    ClassLoader loader =
        new ClassLoader(getClass().getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(LIBRARY) && !failures.isEmpty()) {
              throw failures.remove();
            }
            if (!name.equals(Woven.class.getName()) && !name.equals(SUBTYPE)) {
              return super.loadClass(name, resolve);
            }
            byte[] bytes = PluginClasses.read(getParent(), name);
            return defineClass(name, bytes, 0, bytes.length);
          }
        };
    return loader.loadClass(Woven.class.getName());
  }
}
