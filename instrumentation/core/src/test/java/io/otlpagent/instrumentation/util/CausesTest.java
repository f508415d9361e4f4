package io.otlpagent.instrumentation.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

final class CausesTest {

  private final Throwable thrown = new IllegalStateException();

  @Test
  void wrappersAreTakenOff() {
    Throwable wrapped = new ExecutionException(new ExecutionException(thrown));

    assertThat(unwrap(wrapped)).isSameAs(thrown);
    assertThat(unwrap(thrown)).isSameAs(thrown);
  }

  @Test
  void wrapperWithoutCauseIsWhatHappened() {
    Throwable empty = new ExecutionException("empty", null);

    assertThat(unwrap(empty)).isSameAs(empty);
  }

  @Test
  void wrappersThatLeadInACircleAreLeftOn() {
    Throwable first = new Wrapper("first");
    Throwable second = new Wrapper("second").initCause(first);
    first.initCause(second);

    assertThat(unwrap(first)).isSameAs(first);
    assertThat(unwrap(new ItsOwnCause())).isInstanceOf(ItsOwnCause.class);
  }

  @Test
  void wrappersThatDoNotEndAreLeftOn() {
    Throwable endless = new Endless();

    assertThat(unwrap(endless)).isSameAs(endless);
  }

  @Test
  void gettersThatThrowSayNothing() {
    Throwable hostile = new Failing();

    assertThat(Causes.of(hostile)).isNull();
    assertThat(unwrap(hostile)).isSameAs(hostile);
    assertThat(
            Causes.unwrap(
                thrown,
                cause -> {
                  throw new AssertionError();
                }))
        .isSameAs(thrown);
  }

  private static Throwable unwrap(Throwable thrown) {
    return Causes.unwrap(thrown, cause -> cause instanceof ExecutionException);
  }

  private static final class Wrapper extends ExecutionException {

    private static final long serialVersionUID = 1;

    Wrapper(String message) {
      super(message);
    }
  }

  private static final class ItsOwnCause extends ExecutionException {

    private static final long serialVersionUID = 1;

    @Override
    public synchronized Throwable getCause() {
      return this;
    }
  }

  private static final class Endless extends ExecutionException {

    private static final long serialVersionUID = 1;

    @Override
    public synchronized Throwable getCause() {
      return new Endless();
    }
  }

  private static final class Failing extends ExecutionException {

    private static final long serialVersionUID = 1;

    @Override
    public synchronized Throwable getCause() {
      throw new AssertionError("hostile");
    }
  }
}
