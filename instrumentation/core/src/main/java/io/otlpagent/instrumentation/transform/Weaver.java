package io.otlpagent.instrumentation.transform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes calls to advice into the methods of one class file. Thread-safe. */
interface Weaver {

  /**
   * @param loader of the class; null for the bootstrap loader
   * @param methods to weave; those that the class does not declare are passed over
   * @param unwoven gets those that the class declares and that cannot be woven
   * @return the new class file; null if no method was woven
   */
  byte @Nullable [] weave(
      @Nullable ClassLoader loader,
      byte[] classFile,
      List<WovenMethod> methods,
      List<UnweavableMethodException> unwoven);
}
