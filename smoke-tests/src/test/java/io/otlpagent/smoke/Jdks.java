package io.otlpagent.smoke;

import io.otlpagent.smoke.process.JavaHome;
import java.util.List;

/** The JDKs on this machine that a program runs on; parameters of tests. */
final class Jdks {

  private Jdks() {}

  static List<JavaHome> all() {
    return JavaHome.all();
  }

  static List<JavaHome> from11() {
    return from(11);
  }

  static List<JavaHome> from17() {
    return from(17);
  }

  static List<JavaHome> from(int feature) {
    return JavaHome.all().stream().filter(home -> home.feature() >= feature).toList();
  }
}
