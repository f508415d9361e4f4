package io.otlpagent.instrumentation.trace.exception;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SpanExceptionTest {

  @Test
  void stackTraceIsThatOfTheJdk() {
    Exception thrown = with(2, new IllegalStateException("outer", with(3, new Exception("in"))));
    thrown.addSuppressed(with(2, new IllegalArgumentException("on close", with(1, new Error()))));

    assertThat(SpanException.of(thrown, 0).stackTrace()).isEqualTo(printed(thrown));
  }

  @Test
  void causesThatFormACycleEnd() {
    Exception first = new Exception("first");
    Exception second = new Exception("second", first);
    first.initCause(second);
    first.setStackTrace(new StackTraceElement[0]);
    second.setStackTrace(new StackTraceElement[0]);

    assertThat(SpanException.of(first, 0).stackTrace())
        .isEqualTo(
            "java.lang.Exception: first\nCaused by: java.lang.Exception: second\n"
                + "Caused by: [CIRCULAR REFERENCE: java.lang.Exception: first]\n");
  }

  @Test
  void suppressedThatFormACycleEnd() {
    Exception first = with(1, new Exception("first"));
    Exception second = with(1, new Exception("second"));
    first.addSuppressed(second);
    second.addSuppressed(first);

    assertThat(SpanException.of(first, 0).stackTrace())
        .contains("Suppressed: java.lang.Exception: second")
        .contains("\tSuppressed: [CIRCULAR REFERENCE: java.lang.Exception: first]\n");
  }

  @Test
  void causesThatNeverEndAreAskedForABoundedNumberOfTimes() {
    Endless.made = 0;

    SpanException exception = SpanException.of(new Endless(), 0);

    assertThat(exception.stackTrace()).contains("Caused by: ");
    assertThat(Endless.made).isLessThan(100);
  }

  @Test
  void deepTraceIsReadOnlyAsFarAsItIsKept() {
    StackTraceElement frame = new StackTraceElement("com.acme.Shop", "recurse", "Shop.java", 7);
    StackTraceElement[] frames = new StackTraceElement[1_000_000];
    Arrays.fill(frames, frame);
    // What is read beyond the limit fails.
    Arrays.fill(frames, 1000, frames.length, null);
    Exception thrown =
        new Exception("deep") {
          @Override
          public StackTraceElement[] getStackTrace() {
            return frames;
          }

          @Override
          public void printStackTrace(PrintWriter writer) {
            throw new AssertionError("prints all");
          }
        };

    String trace = SpanException.of(thrown, 0).stackTrace();

    assertThat(trace).hasSize(SpanException.MAX_STACK_TRACE_LENGTH).doesNotContain("null");
    assertThat(trace).startsWith(thrown + "\n\tat com.acme.Shop.recurse(Shop.java:7)\n");
  }

  @Test
  void hugeTextsAreCut() {
    String huge = new String(new char[1 << 20]).replace('\0', 'x');

    SpanException exception = SpanException.of(new Exception(huge, new Exception(huge)), 0);

    assertThat(exception.message()).hasSize(Thrown.MAX_LENGTH);
    assertThat(exception.stackTrace()).hasSize(SpanException.MAX_STACK_TRACE_LENGTH);
  }

  @Test
  void textIsNotCutInsideACharacter() {
    String start = new String(new char[Thrown.MAX_LENGTH - 1]).replace('\0', 'x');

    assertThat(Thrown.message(new Exception(start + "\ud83d\ude00"))).isEqualTo(start);
  }

  @Test
  void throwableThatFailsAtEveryQuestionKeepsItsType() {
    SpanException exception = SpanException.of(new Broken(), 0);

    assertThat(exception.type()).isEqualTo(Broken.class.getName());
    assertThat(exception.message()).isNull();
    assertThat(exception.stackTrace()).isEqualTo(Broken.class.getName() + "\n");
  }

  @Test
  void throwableThatFailsAtEveryQuestionDoesNotHideWhatItCaused() {
    SpanException exception =
        SpanException.of(with(1, new RuntimeException("outer", new Broken())), 0);

    assertThat(exception.message()).isEqualTo("outer");
    assertThat(exception.stackTrace()).endsWith("Caused by: " + Broken.class.getName() + "\n");
  }

  @Test
  void throwableThatAnswersNullIsRecorded() {
    SpanException exception = SpanException.of(new Silent(), 0);

    assertThat(exception.message()).isNull();
    assertThat(exception.stackTrace()).isEqualTo(Silent.class.getName() + "\n");
  }

  /** Keeps its innermost frame and some of the outermost, which others may share. */
  private static <E extends Throwable> E with(int frames, E thrown) {
    StackTraceElement[] all = thrown.getStackTrace();
    StackTraceElement[] kept = Arrays.copyOfRange(all, all.length - frames - 1, all.length);
    kept[0] = all[0];
    thrown.setStackTrace(kept);
    return thrown;
  }

  private static String printed(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private static final class Endless extends Exception {

    static int made;

    Endless() {
      super("one more");
      made++;
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      return new StackTraceElement[0];
    }

    @Override
    public synchronized Throwable getCause() {
      return new Endless();
    }
  }

  private static final class Broken extends RuntimeException {

    @Override
    public String getMessage() {
      throw new AssertionError("message");
    }

    @Override
    public String toString() {
      throw new NoClassDefFoundError("description");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new StackOverflowError();
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new OutOfMemoryError("frames");
    }
  }

  private static final class Silent extends RuntimeException {

    @Override
    public String toString() {
      return null;
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      return null;
    }
  }
}
