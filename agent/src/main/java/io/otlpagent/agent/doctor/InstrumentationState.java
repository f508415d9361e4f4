package io.otlpagent.agent.doctor;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.TypeInstrumentation;
import io.otlpagent.instrumentation.indy.LinkCounts;
import io.otlpagent.instrumentation.transform.PluginCounts;
import io.otlpagent.instrumentation.transform.TransformCounts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of one instrumentation in this JVM. Immutable. */
public final class InstrumentationState {

  static final String APPLIED = "applied";
  static final String ABSENT = "library absent";
  static final String NOT_COVERED = "version not covered";
  static final String TOO_LATE = "loaded before attach";
  static final String DISABLED = "disabled";
  static final String NEEDS_RESTART = "needs a restart";

  private static final String IN_FRONT =
      "start the JVM with -javaagent:otlp-agent.jar, in front of other agents";

  private final String name;
  private final String group;
  private final String state;
  private final int classes;
  private final int calls;
  private final String detail;
  private final boolean partly;

  private InstrumentationState(
      InstrumentationModule module,
      String state,
      int classes,
      int calls,
      String detail,
      boolean partly) {
    this.name = module.name();
    this.group = module.group();
    this.state = state;
    this.classes = classes;
    this.calls = calls;
    this.detail = detail;
    this.partly = partly;
  }

  /** Of a module that the settings turn off. */
  public static InstrumentationState disabled(InstrumentationModule module) {
    return new InstrumentationState(module, DISABLED, 0, 0, "by the settings", false);
  }

  /** Of a module that was off when the application started and is on since. */
  public static InstrumentationState waiting(InstrumentationModule module) {
    return new InstrumentationState(
        module, NEEDS_RESTART, 0, 0, "it was off when the application started", false);
  }

  /** Of a module that may have found its library. */
  public static InstrumentationState of(
      InstrumentationModule module, TransformCounts transformed, LinkCounts linked) {
    String plugin = module.plugin();
    PluginCounts counts = transformed.plugin(plugin);
    int calls = linked.count(plugin);
    String missing = linked.missing(plugin);
    int classes = counts.woven() + linked.confirmed(plugin);
    String state = APPLIED;
    String detail = "";
    if (missing != null) {
      state = NOT_COVERED;
      detail = "the library has no " + missing;
    } else if (classes == 0 && counts.stuck() > 0) {
      state = TOO_LATE;
      detail = stuck(counts);
    } else if (classes == 0 && counts.failure() != null) {
      state = NOT_COVERED;
      detail = "could not be woven: " + counts.failure();
    } else if (classes == 0 && counts.unlike() != null) {
      state = NOT_COVERED;
      detail = counts.unlike() + " has none of the methods that are measured";
    } else if (classes == 0) {
      state = ABSENT;
      detail = ofJdk(module) ? "this part of the JDK is not in use" : open(counts);
    } else if (counts.stuck() > 0) {
      detail = "but not " + stuck(counts);
    } else if (calls == 0) {
      detail = "not called yet";
    }
    boolean partly = state.equals(APPLIED) && counts.refused() > 0;
    return new InstrumentationState(module, state, classes, calls, detail, partly);
  }

  /** What may yet turn out to be of the library: it was woven before its supertypes were known. */
  private static String open(PluginCounts counts) {
    return counts.open() == 0
        ? ""
        : "classes that may be of it and have not been seen in use: " + counts.open();
  }

  private static boolean ofJdk(InstrumentationModule module) {
    for (TypeInstrumentation type : module.types()) {
      String name = type.typeName();
      if (type.hierarchy()
          || !(name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun."))) {
        return false;
      }
    }
    return true;
  }

  private static String stuck(PluginCounts counts) {
    String first = String.valueOf(counts.firstStuck());
    return counts.stuck() == 1 ? first : first + " and " + (counts.stuck() - 1) + " more";
  }

  /** What is wrong with it; null if nothing is. */
  @Nullable Finding finding() {
    if (state.equals(NOT_COVERED)) {
      return Finding.warning(
          "no spans of " + name + ": this version of the library is not covered",
          detail,
          "compare its version with the table of supported libraries; until then disable it with"
              + " instrumentation.disabled="
              + group);
    }
    if (state.equals(NEEDS_RESTART)) {
      return Finding.warning("no spans of " + name, detail, "restart the application");
    }
    if (state.equals(TOO_LATE)) {
      return Finding.warning(
          "no spans of " + name + ": its classes were loaded before the agent", detail, IN_FRONT);
    }
    if (partly) {
      return Finding.warning(
          "spans of " + name + " may be missing: some classes were loaded before the agent",
          detail.replace("but not ", ""),
          IN_FRONT);
    }
    return null;
  }

  Map<String, Object> toTree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", name);
    tree.put("group", group);
    tree.put("state", state);
    tree.put("classes", classes);
    tree.put("calls", calls);
    tree.put("detail", detail);
    return tree;
  }
}
