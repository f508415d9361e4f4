package io.otlpagent.instrumentation.indy;

import java.lang.instrument.Instrumentation;
import java.util.List;

/** What needs the module system of Java 9 and later; the implementation names its types. */
interface JdkModules {

  /** Defines a class of package {@code java.lang} in the bootstrap loader. */
  void defineInJavaLang(Instrumentation instrumentation, byte[] bytes) throws Exception;

  /**
   * Opens packages of the JDK to one class loader's unnamed module; those that this JDK lacks are
   * passed over.
   *
   * @param packages as {@code module/package}
   */
  void open(Instrumentation instrumentation, List<String> packages, ClassLoader reader);

  /**
   * The options that this JVM was started with, from the command line, option files and {@code
   * JAVA_TOOL_OPTIONS}. The standard way is JMX, which would load 400 classes at start.
   */
  List<String> jvmOptions(Instrumentation instrumentation) throws Exception;
}
