package io.otlpagent.agent.export;

import io.otlpagent.agent.export.ScriptedServer.Greeting;
import io.otlpagent.agent.export.ScriptedServer.Reply;
import io.otlpagent.agent.export.delivery.RetryPolicy;
import io.otlpagent.agent.export.queue.DropReason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One row of the table of what a collector may do, and what must become of ten spans. */
final class Scenario {

  static final int SPANS = 10;

  final String name;
  final boolean grpc;
  boolean serverSpeaksHttp2;
  Reply[] replies = {Replies.silence()};
  @Nullable Greeting greeting;
  boolean absent;
  String serverCertificate = "";
  String trusted = "server";
  boolean secureClient;
  boolean clientCertificateDemanded;
  long attemptMillis = 20_000;
  long withinMillis = 60_000;
  int maxRetries = 2;
  final Map<String, String> headers = new LinkedHashMap<>();

  String first = "SUCCESS";
  int requests = 1;
  int exported = SPANS;
  int rejected;
  @Nullable DropReason lost;
  String[] logged = {};

  private Scenario(String name, boolean grpc) {
    this.name = name;
    this.grpc = grpc;
    this.serverSpeaksHttp2 = grpc;
  }

  static Scenario http(String name, Reply... replies) {
    return new Scenario(name, false).replies(replies);
  }

  static Scenario grpc(String name, Reply... replies) {
    return new Scenario(name, true).replies(replies);
  }

  static Scenario of(boolean grpc, String name) {
    return new Scenario(name, grpc);
  }

  Scenario replies(Reply... script) {
    if (script.length > 0) {
      replies = script;
    }
    return this;
  }

  /** The server speaks the other protocol. */
  Scenario mixedUp() {
    serverSpeaksHttp2 = !grpc;
    return this;
  }

  Scenario greeting(Greeting first) {
    greeting = first;
    return this;
  }

  Scenario absent() {
    absent = true;
    return this;
  }

  Scenario serverTls(String certificate) {
    serverCertificate = certificate;
    return this;
  }

  Scenario clientTls(String authority) {
    secureClient = true;
    trusted = authority;
    return this;
  }

  Scenario demandsClientCertificate() {
    clientCertificateDemanded = true;
    return this;
  }

  Scenario header(String header, String value) {
    headers.put(header, value);
    return this;
  }

  Scenario attempt(long millis) {
    attemptMillis = millis;
    return this;
  }

  Scenario retries(int most) {
    maxRetries = most;
    return this;
  }

  /** The first attempt may be repeated, and the server sees that many requests in all. */
  Scenario is(String result, int seen) {
    first = result;
    requests = seen;
    return this;
  }

  Scenario permanent() {
    return is("PERMANENT", 1).loses(DropReason.PERMANENT_ERROR);
  }

  /** No request reaches the server, for as long as a batch is held. */
  Scenario unreached() {
    withinMillis = 400;
    return is("UNREACHED", 0).loses(DropReason.RETRIES_EXHAUSTED);
  }

  Scenario loses(DropReason reason) {
    exported = 0;
    lost = reason;
    return this;
  }

  Scenario rejects(int spans) {
    rejected = spans;
    exported = SPANS - spans;
    return this;
  }

  Scenario logs(String... regexes) {
    logged = regexes;
    return this;
  }

  String protocol() {
    return grpc ? "grpc" : "http";
  }

  RetryPolicy policy() {
    return new RetryPolicy(maxRetries, 1_000_000, 5_000_000, 2.0)
        .within(TimeUnit.MILLISECONDS.toNanos(withinMillis));
  }

  @Override
  public String toString() {
    return protocol() + ": " + name;
  }
}
