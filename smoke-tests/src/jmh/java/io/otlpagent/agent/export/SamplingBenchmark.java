package io.otlpagent.agent.export;

import io.otlpagent.agent.export.queue.DropCounters;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.instrumentation.jdbc.DbClientInstrumenter;
import io.otlpagent.instrumentation.jdbc.DbStatementCalls;
import io.otlpagent.instrumentation.semconv.db.DbSpan;
import io.otlpagent.instrumentation.semconv.http.HttpServerGetter;
import io.otlpagent.instrumentation.semconv.http.HttpServerInstrumenter;
import io.otlpagent.instrumentation.semconv.http.HttpServerSpan;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.TailRule;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.sampling.LayeredSampler;
import io.otlpagent.instrumentation.trace.sampling.ParentBasedSampler;
import io.otlpagent.instrumentation.trace.sampling.RatioSampler;
import io.otlpagent.instrumentation.trace.sampling.SamplingRule;
import java.util.Enumeration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a request with five queries costs the application's thread: sampled, while another thread
 * takes the spans out; not sampled; held by a tail rule and discarded; and with rules to look at.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SamplingBenchmark {

  @Param({"sampled", "unsampled", "held", "rules"})
  public String decision;

  private final SpanQueue queue =
      new SpanQueue(1 << 16, 512, new DropCounters(), new ExporterAlarm());
  private final Object statement = new Object();
  private final HttpServerInstrumenter<String, Integer> server =
      new HttpServerInstrumenter<>("benchmark", new Getter());
  private final DbClientInstrumenter db =
      new DbClientInstrumenter(InstrumentationScope.of("benchmark"));

  private QueueConsumer consumer;

  @Setup
  public void start() {
    Tracer.install(
        new Tracer(sampler(), new IdGenerator(1, 2), new TimeSource(), new SpanCounters(), queue));
    DbStatementCalls.begin(new Object());
    DbStatementCalls.end(new Object(), statement, "select pieces from stock where id = ?");
    consumer = QueueConsumer.start(queue);
  }

  private Sampler sampler() {
    Sampler none = new ParentBasedSampler(new RatioSampler(0));
    TailRule tail = new TailRule(true, TimeUnit.SECONDS.toNanos(10), 512, 8192);
    switch (decision) {
      case "sampled":
        return new ParentBasedSampler(Sampler.ALWAYS_ON);
      case "unsampled":
        return none;
      case "held":
        return new LayeredSampler(none, new SamplingRule[0], 0, tail);
      default:
        return new LayeredSampler(none, rules(), 0, null);
    }
  }

  private static SamplingRule[] rules() {
    SamplingRule[] rules = new SamplingRule[5];
    for (int i = 0; i < rules.length; i++) {
      SamplingRule.Match match =
          new SamplingRule.Match(SpanKind.SERVER, "GET", "/orders/{id}/lines/other" + i);
      rules[i] = new SamplingRule("rule " + i, match, 1, 0);
    }
    return rules;
  }

  @TearDown
  public void stop() throws InterruptedException {
    consumer.stop();
    Tracer.uninstall();
  }

  @Benchmark
  public Object request() {
    HttpServerSpan span = server.start("/orders/17/lines/4");
    Context.enter(span);
    for (int i = 0; i < 5; i++) {
      DbSpan query = db.start(statement);
      db.end(query, db.leave(query), null);
    }
    Context.exit(span);
    server.endWith(span, 200, null);
    return span;
  }

  private static final class Getter implements HttpServerGetter<String, Integer> {
    @Override
    public String first(String request, String name) {
      return null;
    }

    @Override
    public Enumeration<String> all(String request, String name) {
      return null;
    }

    @Override
    public String method(String request) {
      return "GET";
    }

    @Override
    public String scheme(String request) {
      return "http";
    }

    @Override
    public String path(String request) {
      return request;
    }

    @Override
    public String query(String request) {
      return null;
    }

    @Override
    public String protocol(String request) {
      return "HTTP/1.1";
    }

    @Override
    public String peerAddress(String request) {
      return "127.0.0.1";
    }

    @Override
    public int peerPort(String request) {
      return 40000;
    }

    @Override
    public int status(Integer response, Throwable thrown) {
      return response;
    }
  }
}
