package io.otlpagent.agent.endpoint;

/** A request that is answered with an error. */
final class HttpException extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;

  HttpException(int status, String message) {
    // Without a stack trace: a client must not be able to make us fill them in.
    super(message, null, false, false);
    this.status = status;
  }

  HttpResponse response() {
    return HttpResponse.text(status, String.valueOf(getMessage()) + "\n");
  }
}
