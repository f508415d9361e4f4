package io.otlpagent.agent.export;

import static io.otlpagent.agent.export.Http2Wire.data;
import static io.otlpagent.agent.export.Http2Wire.goAway;
import static io.otlpagent.agent.export.Http2Wire.headers;
import static io.otlpagent.agent.export.Http2Wire.reset;
import static io.otlpagent.agent.export.Replies.concat;
import static io.otlpagent.agent.export.Scenario.grpc;
import static io.otlpagent.agent.export.Scenario.http;
import static io.otlpagent.agent.export.queue.DropReason.RETRIES_EXHAUSTED;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Status;
import io.otlpagent.agent.export.ScriptedServer.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** The rows: the table of results of OTLP, and how connections break. */
final class Scenarios {

  private static final Reply HTTP_OK = Replies.httpOk(new byte[0]);
  private static final Reply GRPC_OK = Replies.grpcOk(new byte[0]);
  private static final String PROTOBUF = "application/x-protobuf";
  private static final Set<Status.Code> RETRYABLE =
      EnumSet.of(
          Status.Code.CANCELLED,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.ABORTED,
          Status.Code.OUT_OF_RANGE,
          Status.Code.UNAVAILABLE,
          Status.Code.DATA_LOSS);

  private Scenarios() {}

  static Stream<Scenario> all() {
    return Stream.of(
            httpSuccess(),
            httpStatuses(),
            httpExplained(),
            httpConnections(),
            grpcSuccess(),
            grpcCodes(),
            grpcWithoutStatus(),
            grpcConnections(),
            Stream.of(false, true).flatMap(Scenarios::security))
        .flatMap(rows -> rows);
  }

  private static Stream<Scenario> httpSuccess() {
    return Stream.of(
        http("200", HTTP_OK),
        http("200 without a body", Replies.http(200)),
        http("204", Replies.rawThenClose("HTTP/1.1 204 No Content\r\n\r\n")),
        http("200 with an empty partial_success", Replies.httpOk(Replies.response(0, ""))),
        http("200, 3 rejected", Replies.httpOk(Replies.response(3, "http too old")))
            .rejects(3)
            .logs("the collector rejected 3 spans: http too old"),
        http("200 with a warning", Replies.httpOk(Replies.response(0, "http deprecated")))
            .logs("the collector warns: http deprecated"),
        http("200 with a web page", Replies.http(200, "text/html", "<html>".getBytes(UTF_8)))
            .permanent()
            .logs("HTTP 200 with a web page", "a web server or a proxy answers at http://127"));
  }

  private static Stream<Scenario> httpStatuses() {
    Stream<Scenario> retryable =
        IntStream.of(429, 502, 503, 504)
            .mapToObj(
                status ->
                    http(status + ", then 200", Replies.http(status), HTTP_OK)
                        .is("RETRYABLE", 2)
                        .logs("attempt 1, next in \\d+ ms: HTTP " + status, "works again"));
    Stream<Scenario> permanent =
        IntStream.of(400, 404, 405, 408, 413, 415, 500, 501)
            .mapToObj(
                status ->
                    http("" + status, Replies.http(status))
                        .permanent()
                        .logs("given up after 1 attempt, 10 spans lost: HTTP " + status));
    return Stream.concat(retryable, permanent);
  }

  private static Stream<Scenario> httpExplained() {
    byte[] status = Replies.status("bad span", new byte[0]);
    byte[] json = "{\"code\":3,\"message\":\"bad json span\"}".getBytes(UTF_8);
    return Stream.of(
        http("503 for good", Replies.http(503))
            .is("RETRYABLE", 3)
            .loses(RETRIES_EXHAUSTED)
            .logs("given up after 3 attempts, 10 spans lost: HTTP 503"),
        http("429 with Retry-After", Replies.http(429, "Retry-After: 1"), HTTP_OK)
            .is("RETRYABLE", 2)
            .logs("next in 1\\.\\d s: HTTP 429"),
        http("503 with a date", Replies.http(503, "Retry-After: Sun Nov  6 08:49:37 1994"), HTTP_OK)
            .is("RETRYABLE", 2),
        http("400 with a status", Replies.http(400, PROTOBUF, status))
            .permanent()
            .logs("HTTP 400: bad span"),
        http("400 with JSON", Replies.http(400, "application/json", json))
            .permanent()
            .logs("HTTP 400: bad json span"),
        http("404 at a base URL", Replies.http(404))
            .permanent()
            .logs("takes no traces at /v1/traces: set otlp.endpoint to the base URL"),
        http("401 without a header", Replies.http(401))
            .permanent()
            .logs("HTTP 401", "wants credentials and none are configured: set otlp.headers"),
        http("403 with headers", Replies.http(403))
            .header("X-Api-Key", "secret-value")
            .permanent()
            .logs("refuses the credentials in the configured headers \\(X-Api-Key\\)"),
        http("302", Replies.http(302, "Location: http://127.0.0.1:1/login?token=x"))
            .permanent()
            .logs(
                "HTTP 302, a redirect to http://127.0.0.1:1/login, is not followed",
                "answered by a redirect: set otlp.endpoint to the address that it leads to"),
        http("5 MiB", Replies.httpOk(new byte[5 << 20])).permanent().logs("larger than 4 MiB"),
        http("endless chunks", Replies.endlessChunks()).permanent().logs("larger than 4 MiB"),
        http("gzip bomb", Replies.gzipBomb()).permanent().logs("larger than 4 MiB"));
  }

  private static Stream<Scenario> httpConnections() {
    return Stream.of(
        http("refused")
            .absent()
            .unreached()
            .logs("attempt 1, .*Connection refused", "nothing accepts"),
        http("hangs up at once")
            .greeting(socket -> false)
            .retries(1)
            .is("RETRYABLE", 0)
            .loses(RETRIES_EXHAUSTED),
        http("never answers")
            .attempt(2000)
            .retries(1)
            .is("RETRYABLE", 2)
            .loses(RETRIES_EXHAUSTED)
            .logs("no answer in time"),
        http("drips", Replies.drip())
            .attempt(2000)
            .retries(1)
            .is("RETRYABLE", 2)
            .loses(RETRIES_EXHAUSTED)
            .logs("no answer in time"),
        http("hangs up, then 200", Replies.rawThenClose(""), HTTP_OK)
            .is("RETRYABLE", 2)
            .logs("connection closed without a response"),
        http("reset in the answer", Replies.reset("HTTP/1.1 200 OK\r\nContent-Le"), HTTP_OK)
            .is("RETRYABLE", 2),
        http(
                "cut off",
                Replies.rawThenClose("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"),
                HTTP_OK)
            .is("RETRYABLE", 2)
            .logs("the answer is cut off"),
        http("garbage", Replies.rawThenClose("\0\1garbage\n\n"))
            .is("RETRYABLE", 3)
            .loses(RETRIES_EXHAUSTED)
            .logs("not HTTP/1.1"),
        http("a gRPC port")
            .mixedUp()
            .is("RETRYABLE", 0)
            .loses(RETRIES_EXHAUSTED)
            .logs("speaks HTTP/2 only, as grpc does: set otlp.protocol=grpc"));
  }

  private static Stream<Scenario> grpcSuccess() {
    return Stream.of(
        grpc("OK", GRPC_OK),
        grpc("OK with an empty partial_success", Replies.grpcOk(Replies.response(0, ""))),
        grpc("OK, 3 rejected", Replies.grpcOk(Replies.response(3, "grpc too old"))).rejects(3),
        grpc("OK with a warning", Replies.grpcOk(Replies.response(0, "grpc deprecated"))),
        grpc("OK without trailers", Replies.http2(200, "application/grpc"))
            .permanent()
            .logs("UNKNOWN|INTERNAL"));
  }

  private static Stream<Scenario> grpcCodes() {
    Stream<Scenario> codes =
        Stream.of(Status.Code.values())
            .filter(code -> code != Status.Code.OK)
            .map(
                code -> {
                  Reply failure = Replies.grpc(code.value(), "because");
                  return RETRYABLE.contains(code)
                      ? grpc(code + ", then OK", failure, GRPC_OK)
                          .is("RETRYABLE", 2)
                          .logs("attempt 1, next in \\d+ ms: " + code + ": because", "works again")
                      : grpc(code.toString(), failure).permanent().logs(code + ": because");
                });
    Stream<Scenario> more =
        Stream.of(
            grpc("UNAVAILABLE for good", Replies.grpc(14, "overloaded"))
                .is("RETRYABLE", 3)
                .loses(RETRIES_EXHAUSTED)
                .logs("given up after 3 attempts, 10 spans lost: UNAVAILABLE: overloaded"),
            grpc("UNAVAILABLE after headers", Replies.grpcTrailers(14, "late"), GRPC_OK)
                .is("RETRYABLE", 2),
            grpc(
                    "RESOURCE_EXHAUSTED with RetryInfo",
                    Replies.grpc(8, "slow", "grpc-status-details-bin", Replies.retryInfo(300)),
                    GRPC_OK)
                .is("RETRYABLE", 2)
                .logs("next in 30\\d ms: RESOURCE_EXHAUSTED: slow"),
            grpc("UNAUTHENTICATED with headers", Replies.grpc(16, "no"))
                .header("authorization", "Bearer secret-value")
                .permanent()
                .logs("refuses the credentials in the configured headers \\(authorization\\)"),
            grpc("UNIMPLEMENTED by another service", Replies.grpc(12, "unknown service"))
                .permanent()
                .logs("is no OTLP receiver of traces"));
    return Stream.concat(codes, more);
  }

  private static Stream<Scenario> grpcWithoutStatus() {
    Stream<Scenario> permanent =
        Stream.of(
                "400 INTERNAL",
                "401 UNAUTHENTICATED",
                "403 PERMISSION_DENIED",
                "404 UNIMPLEMENTED",
                "500 UNKNOWN",
                "302 UNKNOWN")
            .map(
                row ->
                    grpc(
                            "HTTP " + row,
                            Replies.http2(Integer.parseInt(row.substring(0, 3)), "text/plain"))
                        .permanent()
                        .logs("10 spans lost: " + row.substring(4)));
    Stream<Scenario> retryable =
        IntStream.of(429, 502, 503, 504)
            .mapToObj(
                status ->
                    grpc(
                            "HTTP " + status + ", then OK",
                            Replies.http2(status, "text/plain"),
                            GRPC_OK)
                        .is("RETRYABLE", 2)
                        .logs("UNAVAILABLE"));
    Scenario page =
        grpc("a web page", Replies.http2(200, "text/html"))
            .permanent()
            .logs("a web server or a proxy answers");
    return Stream.of(permanent, retryable, Stream.of(page)).flatMap(rows -> rows);
  }

  private static Stream<Scenario> grpcConnections() {
    return Stream.of(
        grpc("5 MiB", Replies.frames(Scenarios::tooLarge, false))
            .permanent()
            .logs("RESOURCE_EXHAUSTED"),
        grpc("gzip bomb", Replies.frames(Scenarios::bomb, false))
            .permanent()
            .logs("larger than 4 MiB"),
        grpc("refused")
            .absent()
            .unreached()
            .logs("attempt 1, .*Connection refused", "nothing accepts"),
        grpc("hangs up at once").greeting(socket -> false).unreached(),
        grpc("never answers")
            .attempt(4000)
            .retries(1)
            .is("RETRYABLE", 2)
            .loses(RETRIES_EXHAUSTED)
            .logs("no answer in time"),
        grpc("hangs up, then OK", Replies.frames(stream -> new byte[0], true), GRPC_OK)
            .is("RETRYABLE", 2),
        grpc("reset in the answer", Replies.frames(Scenarios::half, true), GRPC_OK)
            .is("RETRYABLE", 2),
        grpc(
                "garbage",
                Replies.frames(stream -> "garbage, not frames".getBytes(UTF_8), true),
                GRPC_OK)
            .is("RETRYABLE", 2),
        grpc(
            "GOAWAY, then answered",
            Replies.frames(s -> concat(goAway(s, Http2Wire.NO_ERROR), ok(s)), false)),
        grpc(
                "GOAWAY unprocessed, then OK",
                Replies.frames(s -> goAway(0, Http2Wire.NO_ERROR), false),
                GRPC_OK)
            .is("RETRYABLE", 2),
        grpc(
                "GOAWAY with an error, then OK",
                Replies.frames(s -> goAway(0, Http2Wire.INTERNAL_ERROR), true),
                GRPC_OK)
            .is("RETRYABLE", 2),
        grpc(
                "RST_STREAM refused, then OK",
                Replies.frames(s -> reset(s, Http2Wire.REFUSED_STREAM), false),
                GRPC_OK)
            .is("RETRYABLE", 2),
        grpc(
                "RST_STREAM with an error, then OK",
                Replies.frames(s -> reset(s, Http2Wire.INTERNAL_ERROR), false),
                GRPC_OK)
            .is("RETRYABLE", 2),
        grpc(
                "RST_STREAM calm down, then OK",
                Replies.frames(s -> reset(s, Http2Wire.ENHANCE_YOUR_CALM), false),
                GRPC_OK)
            .is("RETRYABLE", 2),
        grpc("an HTTP/1.1 port")
            .mixedUp()
            .unreached()
            .logs("speaks HTTP/1.1, not grpc: set otlp.protocol=http/protobuf"));
  }

  private static Stream<Scenario> security(boolean grpc) {
    Reply ok = grpc ? GRPC_OK : HTTP_OK;
    return Stream.of(
        Scenario.of(grpc, "TLS").replies(ok).serverTls("server").clientTls("server"),
        Scenario.of(grpc, "certificate for another name")
            .replies(ok)
            .serverTls("misnamed")
            .clientTls("misnamed")
            .unreached()
            .logs("certificate is for other.example and not for 127.0.0.1: subject CN=misnamed"),
        Scenario.of(grpc, "expired certificate")
            .replies(ok)
            .serverTls("expired")
            .clientTls("server")
            .unreached()
            .logs("certificate has expired: subject CN=expired, issuer CN=server, valid 20"),
        Scenario.of(grpc, "unknown authority")
            .replies(ok)
            .serverTls("server")
            .clientTls("stranger")
            .unreached()
            .logs("an authority that is not in otlp.tls.ca_file: subject CN=server"),
        Scenario.of(grpc, "client certificate demanded")
            .replies(ok)
            .serverTls("server")
            .clientTls("server")
            .demandsClientCertificate()
            .unreached()
            // The alert may come, or be lost with the connection.
            .is("UNREACHED|RETRYABLE", 0)
            .logs("the collector wants a client certificate: set otlp.tls.cert_file"),
        plainToTls(
                Scenario.of(grpc, "plain text to a TLS port").replies(ok).serverTls("server"), grpc)
            .logs("speaks TLS, not plain text: set otlp.endpoint=https://127.0.0.1:\\d+"),
        Scenario.of(grpc, "TLS to a plain text port")
            .replies(ok)
            .clientTls("server")
            .unreached()
            .logs("speaks plain text, not TLS: set otlp.endpoint=http://127.0.0.1:\\d+"));
  }

  /** Over HTTP/1.1 the request is out before anything comes back. */
  private static Scenario plainToTls(Scenario row, boolean grpc) {
    return grpc ? row.unreached() : row.is("RETRYABLE", 0).loses(RETRIES_EXHAUSTED);
  }

  private static byte[] start(int stream, String... more) {
    String[] all = new String[4 + more.length];
    String[] first = {":status", "200", "content-type", "application/grpc"};
    System.arraycopy(first, 0, all, 0, 4);
    System.arraycopy(more, 0, all, 4, more.length);
    return headers(stream, false, all);
  }

  private static byte[] ok(int stream) {
    return concat(
        start(stream),
        data(stream, false, Http2Wire.message(new byte[0])),
        headers(stream, true, "grpc-status", "0"));
  }

  private static byte[] half(int stream) {
    return concat(start(stream), data(stream, false, new byte[] {0, 0, 0}));
  }

  private static byte[] tooLarge(int stream) {
    byte[] head = ByteBuffer.allocate(100).put((byte) 0).putInt(5 << 20).array();
    return concat(start(stream), data(stream, false, head));
  }

  private static byte[] bomb(int stream) {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[8 << 20]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] message = Http2Wire.message(bomb.toByteArray());
    message[0] = 1;
    return concat(
        start(stream, "grpc-encoding", "gzip"),
        data(stream, false, message),
        headers(stream, true, "grpc-status", "0"));
  }
}
