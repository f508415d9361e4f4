package io.otlpagent.smoke;

import io.otlpagent.smoke.process.JavaHome;
import java.util.List;
import java.util.stream.Stream;

/** The JDKs on this machine that a program runs on; parameters of tests. */
final class Jdks {

  private Jdks() {}

  static List<JavaHome> all() {
    return JavaHome.all();
  }

  /** The oldest, the one that runs this, and the newest: for what is alike on all between them. */
  static List<JavaHome> some() {
    List<JavaHome> all = JavaHome.all();
    return Stream.of(all.get(0), JavaHome.running(), all.get(all.size() - 1)).distinct().toList();
  }

  static List<JavaHome> someFrom11() {
    return some().stream().filter(home -> home.feature() >= 11).toList();
  }

  static List<JavaHome> from11() {
    return from(11);
  }

  static List<JavaHome> from17() {
    return from(17);
  }

  static List<JavaHome> from21() {
    return from(21);
  }

  static List<JavaHome> from(int feature) {
    return JavaHome.all().stream().filter(home -> home.feature() >= feature).toList();
  }
}
