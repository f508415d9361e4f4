package io.otlpagent.instrumentation.testing;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.MethodAdvice;
import io.otlpagent.instrumentation.TypeInstrumentation;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules for a class that is loaded and has no such method: a misspelt name or descriptor, or a
 * version of the library that nobody has looked at. Of several descriptors of one method, some are
 * for other versions.
 */
final class UnmatchedRules {

  private UnmatchedRules() {}

  static Set<String> of(List<InstrumentationModule> modules, Class<?>... loaded) {
    Set<String> unmatched = new TreeSet<>();
    for (InstrumentationModule module : modules) {
      for (TypeInstrumentation type : module.types()) {
        for (Class<?> each : loaded) {
          if (!type.hierarchy() && each.getName().equals(type.typeName())) {
            add(unmatched, module, type, each);
          }
        }
      }
    }
    return unmatched;
  }

  private static void add(
      Set<String> unmatched, InstrumentationModule module, TypeInstrumentation type, Class<?> of) {
    Set<String> declared = declared(of);
    Set<String> matched = new HashSet<>();
    for (MethodAdvice rule : type.methods()) {
      if (declared.contains(rule.method() + rule.descriptor())) {
        matched.add(rule.method());
      }
    }
    for (MethodAdvice rule : type.methods()) {
      if (!matched.contains(rule.method())) {
        unmatched.add(module + ": " + type.typeName() + "." + rule.method() + rule.descriptor());
      }
    }
  }

  private static Set<String> declared(Class<?> type) {
    Set<String> declared = new HashSet<>();
    for (Method method : type.getDeclaredMethods()) {
      declared.add(
          method.getName()
              + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                  .toMethodDescriptorString());
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      declared.add(
          "<init>"
              + MethodType.methodType(void.class, constructor.getParameterTypes())
                  .toMethodDescriptorString());
    }
    return declared;
  }
}
