package io.otlpagent.agent.endpoint;

/** {@code /doctor}: what the command {@code doctor} shows. */
final class DoctorRoute implements Route {

  private final DoctorSource source;

  DoctorRoute(DoctorSource source) {
    this.source = source;
  }

  @Override
  public HttpResponse respond(HttpRequest request) {
    return HttpResponse.json(200, source.json());
  }
}
