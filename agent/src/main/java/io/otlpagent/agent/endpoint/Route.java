package io.otlpagent.agent.endpoint;

/** Answers requests for one path. Called on endpoint threads. */
interface Route {

  HttpResponse respond(HttpRequest request);
}
