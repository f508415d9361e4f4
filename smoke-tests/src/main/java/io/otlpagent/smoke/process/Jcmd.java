package io.otlpagent.smoke.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** What a JVM tells about itself through {@code jcmd}. */
public final class Jcmd {

  private final JavaHome home;
  private final long pid;

  public Jcmd(JavaHome home, long pid) {
    this.home = home;
    this.pid = pid;
  }

  public void collectGarbage() throws IOException, InterruptedException {
    run("GC.run");
  }

  /** The numbers among the JVM's performance counters; one that is not there fails. */
  public ToLongFunction<String> counters() throws IOException, InterruptedException {
    Map<String, Long> counters = new HashMap<>();
    for (String line : run("PerfCounter.print").split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0 && line.substring(equals + 1).matches("-?\\d{1,18}")) {
        counters.put(line.substring(0, equals), Long.valueOf(line.substring(equals + 1)));
      }
    }
    return name ->
        Objects.requireNonNull(counters.get(name), () -> "the JVM has no counter " + name);
  }

  private String run(String command) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(home.tool("jcmd").toString(), Long.toString(pid), command)
            .redirectErrorStream(true)
            .start();
    String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0) {
      throw new IOException("jcmd " + command + ": " + output);
    }
    return output;
  }
}
