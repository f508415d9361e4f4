package io.otlpagent.instrumentation.semconv.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otlpagent.instrumentation.propagation.TextMapSetter;
import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.trace.Sampler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A request is a URL, its carrier a list of names and values, its response a status. */
class ClientCallTest {

  private static final TextMapSetter<List<String>> SETTER =
      (headers, name, value) -> headers.addAll(List.of(name, value));

  private static final TextMapSetter<List<String>> BROKEN =
      (headers, name, value) -> {
        throw new IllegalStateException("cannot be written");
      };

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  private final HttpClientInstrumenter<String, Integer> client =
      new HttpClientInstrumenter<>("test", new Getter());
  private final List<String> headers = new ArrayList<>();

  @Test
  void attemptsOfACallAreCounted() {
    ClientCall<String, Integer> call = client.call();
    for (int status : new int[] {302, 401, 200}) {
      assertThat(call.start("http://host/", headers, SETTER)).isTrue();
      call.end(status, null);
    }

    List<RecordedSpan> taken = spans.take(3);
    assertThat(taken.get(0).attribute("http.request.resend_count")).isNull();
    assertThat(taken.get(1).attribute("http.request.resend_count")).isEqualTo(1L);
    assertThat(taken.get(2).attribute("http.request.resend_count")).isEqualTo(2L);
    assertThat(headers).filteredOn("traceparent"::equals).hasSize(3);
  }

  @Test
  void attemptsAreChildrenOfWhatWasCurrentWhenTheCallWasMade() {
    List<ClientCall<String, Integer>> calls = new ArrayList<>();
    spans.inSpan("parent", () -> calls.add(client.call()));

    calls.get(0).start("http://host/", headers, SETTER);
    calls.get(0).end(200, null);

    List<RecordedSpan> taken = spans.take(2);
    assertThat(taken.get(1).isChildOf(taken.get(0))).isTrue();
  }

  @Test
  void callOfAThreadIsFoundByItsOwnClientOnly() {
    HttpClientInstrumenter<String, Integer> other =
        new HttpClientInstrumenter<>("other", new Getter());
    ClientCall<String, Integer> outer = client.enter();

    assertThat(client.current()).isSameAs(outer);
    assertThat(other.current()).isNull();
    ClientCall<String, Integer> inner = other.enter();
    assertThat(client.current()).isNull();
    assertThat(client.currentOrNew()).isNotSameAs(outer);
    inner.leave();
    assertThat(client.currentOrNew()).isSameAs(outer);
    outer.leave();
    outer.leave();
    assertThat(client.current()).isNull();
  }

  @Test
  void callInsideACallIsCountedByItself() {
    ClientCall<String, Integer> outer = client.enter();
    outer.start("http://outer/", headers, SETTER);
    outer.end(401, null);
    ClientCall<String, Integer> inner = client.enter();
    inner.start("http://inner/", headers, SETTER);
    ClientCall.exit(inner, 200, null);
    Objects.requireNonNull(client.current()).start("http://outer/", headers, SETTER);
    ClientCall.exit(outer, 200, null);

    List<RecordedSpan> taken = spans.take(3);
    assertThat(taken.get(1).attribute("server.address")).isEqualTo("inner");
    assertThat(taken.get(1).attribute("http.request.resend_count")).isNull();
    assertThat(taken.get(2).attribute("http.request.resend_count")).isEqualTo(1L);
  }

  @Test
  void requestIsForgottenWithTheAttemptOrTheThread() {
    ClientCall<String, Integer> call = client.call();
    call.start("http://host/", headers, SETTER);
    assertThat(call.request()).isEqualTo("http://host/");
    call.end(302, null);
    assertThat(call.request()).isNull();
    call.enter("http://next/");
    call.start("http://next/", headers, SETTER);
    call.end(200, null);
    assertThat(call.request()).isEqualTo("http://next/");
    call.leave();
    assertThat(call.request()).isNull();
    spans.take(2);
  }

  @Test
  void attemptThatIsStillOpenEndsBeforeTheNext() {
    ClientCall<String, Integer> call = client.call();
    call.start("http://host/", headers, SETTER);
    call.start("http://host/", headers, SETTER);
    call.end(200, null);
    call.end(500, null);

    List<RecordedSpan> taken = spans.take(2);
    assertThat(taken.get(0).span().failed()).isFalse();
    assertThat(taken.get(0).attribute("http.response.status_code")).isNull();
    assertThat(taken.get(1).attribute("http.response.status_code")).isEqualTo(200L);
  }

  @Test
  void cancelledAttemptIsNoError() {
    ClientCall<String, Integer> call = client.call();
    call.start("http://host/", headers, SETTER);
    call.cancel();
    call.start("http://host/", headers, SETTER);
    call.end(null, new CancellationException());

    assertThat(spans.take(2)).noneMatch(span -> span.span().failed());
  }

  @Test
  void lostAttemptIsAnError() {
    ClientCall<String, Integer> call = client.call();
    call.start("http://host/", headers, SETTER);
    call.endLost("connection_closed");

    assertThat(spans.takeOne().attribute("error.type")).isEqualTo("connection_closed");
  }

  @Test
  void attemptWhoseHeadersCannotBeWrittenEndsNow() {
    ClientCall<String, Integer> call = client.call();

    assertThatThrownBy(() -> call.start("http://host/", headers, BROKEN))
        .isInstanceOf(IllegalStateException.class);

    assertThat(spans.takeOne().span().failed()).isFalse();
    assertThat(call.span()).isNull();
  }

  @Test
  void attemptWhoseHeadersCannotBeWrittenEndsWithTheCallOfTheThread() {
    ClientCall<String, Integer> call = client.enter();

    assertThatThrownBy(() -> call.start("http://host/", headers, BROKEN))
        .isInstanceOf(IllegalStateException.class);
    ClientCall.exit(call, null, new IOException("connection lost"));

    assertThat(spans.takeOne().attribute("error.type")).isEqualTo("java.io.IOException");
  }

  @Test
  void headersOfTheApplicationAreRestored() {
    List<String> mine =
        List.of("Color", "blue", "TraceParent", "stale", "tracestate", "a=1", "tracestate", "b=1");
    headers.addAll(mine);
    ClientCall<String, Integer> call = client.call();

    call.startRestorably("http://host/", headers, new Editor());
    List<String> sent = List.copyOf(headers);
    call.restore();
    List<String> afterwards = List.copyOf(headers);
    call.end(200, null);

    assertThat(sent).contains("Color", "traceparent").doesNotContain("stale", "tracestate");
    assertThat(afterwards).isEqualTo(mine);
    assertThat(headers).isEqualTo(mine);
    spans.takeOne();
  }

  @Test
  void headersOfTheApplicationAreRestoredWhenTheyCannotBeWritten() {
    headers.addAll(List.of("traceparent", "mine"));
    Editor broken =
        new Editor() {
          @Override
          public void set(List<String> carrier, String name, String value) {
            super.set(carrier, name, value);
            throw new IllegalStateException("cannot be written");
          }
        };

    assertThatThrownBy(() -> client.call().startRestorably("http://host/", headers, broken))
        .isInstanceOf(IllegalStateException.class);

    assertThat(headers).containsExactly("traceparent", "mine");
    spans.takeOne();
  }

  @Test
  void manyHeadersAreRestored() {
    spans.propagators("tracecontext", "b3multi", "jaeger", "xray", "ottrace");
    ClientCall<String, Integer> call = client.call();
    call.startRestorably("http://host/", headers, new Editor());
    assertThat(headers).hasSizeGreaterThan(12);
    call.end(200, null);

    assertThat(headers).isEmpty();
    spans.takeOne();
  }

  @Test
  void unsampledAttemptIsPropagated() {
    spans.sampler(Sampler.ALWAYS_OFF);
    ClientCall<String, Integer> call = client.call();

    assertThat(call.start("http://host/", headers, SETTER)).isTrue();
    call.end(200, null);

    assertThat(headers).contains("traceparent");
  }

  @Test
  void attemptWithoutUrlIsNotRecorded() {
    ClientCall<String, Integer> call = client.call();

    assertThat(call.start("", headers, SETTER)).isFalse();
    call.end(200, null);

    assertThat(headers).isEmpty();
    assertThat(call.request()).isNull();
  }

  private static class Editor implements HeaderEditor<List<String>> {

    @Override
    public void set(List<String> carrier, String name, String value) {
      carrier.addAll(List.of(name, value));
    }

    @Override
    public boolean has(List<String> carrier, String name) {
      for (int i = 0; i < carrier.size(); i += 2) {
        if (carrier.get(i).equalsIgnoreCase(name)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void remove(List<String> carrier, String name) {
      for (int i = carrier.size() - 2; i >= 0; i -= 2) {
        if (carrier.get(i).equalsIgnoreCase(name)) {
          carrier.subList(i, i + 2).clear();
        }
      }
    }

    @Override
    public Object copy(List<String> carrier) {
      return carrier.toArray(new String[0]);
    }

    @Override
    public void restore(List<String> carrier, Object copy) {
      carrier.clear();
      carrier.addAll(Arrays.asList((String[]) copy));
    }
  }

  private static final class Getter implements HttpClientGetter<String, Integer> {

    @Override
    public String method(String url) {
      return "GET";
    }

    @Override
    public @Nullable HttpUrl url(String url) {
      return url.isEmpty() ? null : HttpUrl.of(URI.create(url));
    }

    @Override
    public int status(Integer status) {
      return status;
    }

    @Override
    public @Nullable String protocolVersion(Integer status) {
      return null;
    }

    @Override
    public @Nullable InetSocketAddress peer(String url, @Nullable Integer status) {
      return null;
    }
  }
}
