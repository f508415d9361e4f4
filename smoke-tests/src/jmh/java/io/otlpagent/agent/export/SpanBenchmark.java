package io.otlpagent.agent.export;

import io.otlpagent.agent.export.queue.DropCounters;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.instrumentation.jdbc.DbClientInstrumenter;
import io.otlpagent.instrumentation.jdbc.DbStatementCalls;
import io.otlpagent.instrumentation.semconv.db.DbSpan;
import io.otlpagent.instrumentation.semconv.http.ClientCall;
import io.otlpagent.instrumentation.semconv.http.HttpClientInstrumenter;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a client span costs the application's thread, from its start to the queue, with the duration
 * metric, while another thread takes the spans out.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SpanBenchmark {

  private static final int CAPACITY = 1 << 16;
  private static final String SQL = "select pieces from stock where product_id = ?";

  private final SpanQueue queue =
      new SpanQueue(CAPACITY, 512, new DropCounters(), new ExporterAlarm());
  private final Object statement = new Object();
  private final URI uri = URI.create("http://inventory:8080/stock/1");
  private final HttpClientInstrumenter<URI, Integer> http =
      new HttpClientInstrumenter<>("benchmark", new UriGetter());
  private final DbClientInstrumenter db =
      new DbClientInstrumenter(InstrumentationScope.of("benchmark"));

  private QueueConsumer consumer;

  @Setup
  public void start() {
    Tracer.install(
        new Tracer(
            Sampler.ALWAYS_ON, new IdGenerator(1, 2), new TimeSource(), new SpanCounters(), queue));
    DbStatementCalls.begin(new Object());
    DbStatementCalls.end(new Object(), statement, SQL);
    consumer = QueueConsumer.start(queue);
  }

  @TearDown
  public void stop() throws InterruptedException {
    consumer.stop();
    Tracer.uninstall();
  }

  @Benchmark
  public Object dbSpan() {
    DbSpan span = db.start(statement);
    db.end(span, db.leave(span), null);
    return span;
  }

  @Benchmark
  public Object httpClientSpan() {
    ClientCall<URI, Integer> call = http.call();
    call.startAt(uri, System.nanoTime());
    call.end(200, null);
    return call;
  }
}
