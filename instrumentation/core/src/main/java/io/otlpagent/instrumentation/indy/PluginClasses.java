package io.otlpagent.instrumentation.indy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads class files as resources of a loader. */
public final class PluginClasses {

  private PluginClasses() {}

  /**
   * The bytes of a class.
   *
   * @param name binary, such as {@code java.lang.String}
   * @return null if the loader has no such resource or cannot read it
   */
  public static byte @Nullable [] read(ClassLoader loader, String name) {
    try (InputStream in = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        return null;
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        bytes.write(buffer, 0, n);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      return null;
    }
  }
}
