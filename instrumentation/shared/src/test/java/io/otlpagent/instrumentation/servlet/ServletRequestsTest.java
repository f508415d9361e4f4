package io.otlpagent.instrumentation.servlet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.instrumentation.semconv.http.HttpServerGetter;
import io.otlpagent.instrumentation.semconv.http.HttpServerSpan;
import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.trace.Context;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What real containers do too rarely to be tested with them. */
final class ServletRequestsTest {

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  private final Container container = new Container();
  private final ServletRequests<Request, Integer> requests =
      new ServletRequests<>("test", container, container);

  @Test
  void requestThatIsCompleteBeforeAnybodyCanListenEndsAtOnce() {
    container.refuses = true;
    Request request = new Request();
    request.async = true;

    requests.exit(requests.enter(request, 200), request, 200, null);

    assertThat(spans.takeOne().attribute("http.response.status_code")).isEqualTo(200L);
  }

  @Test
  void exceptionEndsAnAsynchronousRequest() {
    Request request = new Request();
    request.async = true;

    requests.exit(requests.enter(request, 200), request, 200, new IllegalStateException());

    assertThat(spans.takeOne().span().errorType()).isEqualTo("java.lang.IllegalStateException");
    assertThat(container.listening).isNull();
  }

  @Test
  void responseThatTheContainerTookBackHasNoStatus() {
    Request request = new Request();
    request.async = true;
    requests.exit(requests.enter(request, 200), request, 200, null);

    listening(requests, container).complete(request, Container.TAKEN_BACK);

    assertThat(spans.takeOne().attributes()).doesNotContainKey("http.response.status_code");
  }

  @Test
  void firstErrorOfAnAsynchronousRequestIsKept() {
    Request request = new Request();
    request.async = true;
    requests.exit(requests.enter(request, 200), request, 200, null);
    AsyncRequest<Request, Integer> async = listening(requests, container);

    async.fail(null);
    async.fail(new IllegalStateException());
    async.fail(new IllegalArgumentException());
    async.complete(request, 500);

    RecordedSpan span = spans.takeOne();
    assertThat(span.span().errorType()).isEqualTo("java.lang.IllegalStateException");
    assertThat(span.attribute("http.response.status_code")).isEqualTo(500L);
  }

  @Test
  void dispatchOfARequestThatHasEndedIsPassedOver() {
    Request request = new Request();
    request.received = false;

    assertThat(requests.enter(request, 200)).isNull();
    assertThat(Context.current()).isNull();
  }

  @Test
  void completeRequestHoldsNothingOfTheApplication() {
    Request reused = new Request();
    reused.async = true;
    WeakReference<Object> application = completed(reused);
    spans.takeOne();

    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(application.get()).isNull();
            });
    assertThat(reused.async).isTrue();
  }

  @Test
  @SuppressWarnings("unchecked") // What enter() returns for a request that goes on.
  void parkedRequestHoldsNothingOfTheApplication() {
    Request parked = new Request();
    parked.async = true;
    WeakReference<Object> application = parked(parked);

    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(application.get()).isNull();
            });

    parked.received = false;
    Object resumed = requests.enter(parked, 200);
    assertThat(resumed).isNotNull();
    requests.exit(resumed, parked, 200, null);
    ((AsyncRequest<Request, Integer>) resumed).complete(parked, 500);
    assertThat(spans.takeOne().span().errorType()).isEqualTo(Undeployed.class.getName());
  }

  private static AsyncRequest<Request, Integer> listening(
      ServletRequests<Request, Integer> requests, Container container) {
    return requests.async(requireNonNull(container.listening));
  }

  private static WeakReference<Object> parked(Request request) {
    Container undeployed = new Container();
    ServletRequests<Request, Integer> requests =
        new ServletRequests<>("test", undeployed, undeployed);
    requests.exit(requests.enter(request, 200), request, 200, null);
    listening(requests, undeployed).fail(new Undeployed(undeployed));
    return new WeakReference<>(undeployed);
  }

  /** An exception that leads to the application. */
  private static final class Undeployed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Object application;

    Undeployed(Object application) {
      this.application = application;
    }

    @Override
    public String getMessage() {
      return "of " + application.getClass();
    }
  }

  private static WeakReference<Object> completed(Request request) {
    Container undeployed = new Container();
    ServletRequests<Request, Integer> requests =
        new ServletRequests<>("test", undeployed, undeployed);
    requests.exit(requests.enter(request, 200), request, 200, null);
    listening(requests, undeployed).complete(request, 200);
    return new WeakReference<>(undeployed);
  }

  private static final class Request {
    boolean received = true;
    boolean async;
  }

  private static final class Container
      implements HttpServerGetter<Request, Integer>, ServletAdapter<Request, Integer> {

    static final int TAKEN_BACK = -1;

    boolean refuses;
    @Nullable HttpServerSpan listening;

    @Override
    public boolean received(Request request) {
      return request.received;
    }

    @Override
    public Object container(Request request) {
      return request;
    }

    @Override
    public boolean asyncStarted(Request request) {
      return request.async;
    }

    @Override
    public void listen(Request request, Integer response, HttpServerSpan span) {
      if (refuses) {
        throw new IllegalStateException("complete");
      }
      listening = span;
    }

    @Override
    public boolean committed(Integer response) {
      return false;
    }

    @Override
    public Throwable cause(Throwable thrown) {
      return thrown;
    }

    @Override
    public int status(Integer response, @Nullable Throwable thrown) {
      if (response == TAKEN_BACK) {
        throw new IllegalStateException("taken back");
      }
      return thrown == null ? response : 500;
    }

    @Override
    public String method(Request request) {
      return "GET";
    }

    @Override
    public String scheme(Request request) {
      return "http";
    }

    @Override
    public String path(Request request) {
      return "/";
    }

    @Override
    public @Nullable String query(Request request) {
      return null;
    }

    @Override
    public String protocol(Request request) {
      return "HTTP/1.1";
    }

    @Override
    public String peerAddress(Request request) {
      return "192.0.2.1";
    }

    @Override
    public int peerPort(Request request) {
      return 0;
    }

    @Override
    public @Nullable String first(Request request, String name) {
      return null;
    }

    @Override
    public Enumeration<String> all(Request request, String name) {
      return Collections.emptyEnumeration();
    }
  }
}
