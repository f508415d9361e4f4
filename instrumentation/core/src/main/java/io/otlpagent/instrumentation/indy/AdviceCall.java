package io.otlpagent.instrumentation.indy;

import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** What a woven call asks for. Immutable. */
final class AdviceCall {

  final String name;
  final MethodType type;
  final String plugin;
  final String advice;

  /** The type that the calling class must be a subtype of; null if it may be any. */
  final @Nullable String condition;

  /** The advice class and its condition, as woven code names them. */
  private final String target;

  /** Name and descriptor of the exit that belongs to this enter; else empty. */
  private final String exit;

  /**
   * @param target the advice class, perhaps with a condition behind {@link
   *     AdviceLinker#IF_SUBTYPE_OF}
   * @param exit name and descriptor of the exit that a call of an enter method needs, {@link
   *     AdviceLinker#AFTER_ENTER} for such an exit, empty for a call that stands alone
   */
  AdviceCall(String name, MethodType type, String plugin, String target, String exit) {
    this.name = name;
    this.type = type;
    this.plugin = plugin;
    this.target = target;
    int end = target.indexOf(AdviceLinker.IF_SUBTYPE_OF);
    this.advice = end < 0 ? target : target.substring(0, end);
    this.condition = end < 0 ? null : target.substring(end + 1);
    this.exit = exit;
  }

  /** Whether it may only be linked once the enter before it is. */
  boolean followsEnter() {
    return exit.equals(AdviceLinker.AFTER_ENTER);
  }

  boolean hasExit() {
    return !exit.isEmpty() && !followsEnter();
  }

  /** The call of the exit that belongs to this one, on the same condition. */
  AdviceCall exit() {
    int end = exit.indexOf('(');
    MethodType exitType =
        MethodType.fromMethodDescriptorString(exit.substring(end), Object.class.getClassLoader());
    return new AdviceCall(
        exit.substring(0, end), exitType, plugin, target, AdviceLinker.AFTER_ENTER);
  }

  /**
   * The same for all calls that the plugin of one class loader answers in the same way, whatever
   * the condition: who does not meet it does not ask.
   */
  String key() {
    return advice + '.' + name + type.toMethodDescriptorString();
  }

  /** The same for calls of one class that are linked alike, and together with the same exit. */
  String identity() {
    return plugin + '.' + target + '.' + name + type.toMethodDescriptorString() + exit;
  }

  @Override
  public String toString() {
    return plugin + '.' + advice + '.' + name;
  }
}
