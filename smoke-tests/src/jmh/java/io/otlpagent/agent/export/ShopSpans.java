package io.otlpagent.agent.export;

import io.otlpagent.instrumentation.jdbc.DbClientInstrumenter;
import io.otlpagent.instrumentation.jdbc.DbConnectCall;
import io.otlpagent.instrumentation.jdbc.DbStatementCalls;
import io.otlpagent.instrumentation.jdbc.JdbcUrls;
import io.otlpagent.instrumentation.semconv.db.DbSpan;
import io.otlpagent.instrumentation.semconv.http.ClientCall;
import io.otlpagent.instrumentation.semconv.http.HttpClientInstrumenter;
import io.otlpagent.instrumentation.semconv.http.HttpServerGetter;
import io.otlpagent.instrumentation.semconv.http.HttpServerInstrumenter;
import io.otlpagent.instrumentation.semconv.http.HttpServerSpan;
import io.otlpagent.instrumentation.semconv.http.RouteSource;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Spans of a shop's requests, as the instrumentations make them: of each eight one server span,
 * five of a database and two of an HTTP client. Every string that a server would make anew for its
 * request is made anew.
 */
final class ShopSpans {

  private static final String[] ROUTES = {
    "/products",
    "/products/{id}",
    "/orders",
    "/orders/{id}",
    "/orders/{id}/items",
    "/customers/{id}"
  };
  private static final String[] SQL = {
    "select id, name, price from products where id = ?",
    "select o.id, o.created, c.name from orders o join customers c on c.id = o.customer_id"
        + " where o.state = ? order by o.created desc limit 20",
    "insert into order_items (order_id, product_id, pieces) values (?, ?, ?)",
    "update stock set pieces = pieces - ? where product_id = ? and pieces >= ?",
    "select count(*) from reviews where product_id = ?",
    "delete from carts where customer_id = ?"
  };
  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0"
          + " Safari/537.36";
  private static final byte[] INVENTORY = {10, 0, 3, 17};

  private final List<Span> ended = new ArrayList<>();
  private final Object connection = new Object();
  private final HttpServerInstrumenter<Request, Integer> server =
      new HttpServerInstrumenter<>("servlet-jakarta", new Server());
  private final HttpClientInstrumenter<URI, Integer> client =
      new HttpClientInstrumenter<>("java-http-client", new Client());
  private final DbClientInstrumenter db = new DbClientInstrumenter(InstrumentationScope.of("jdbc"));

  private ShopSpans() {}

  /** So many spans, a multiple of eight, in the order in which they ended. */
  static Span[] make(int count) {
    ShopSpans spans = new ShopSpans();
    Tracer.install(
        new Tracer(
            Sampler.ALWAYS_ON,
            new IdGenerator(1, 2),
            new TimeSource(),
            new SpanCounters(),
            spans.ended::add));
    try {
      DbConnectCall.start(JdbcUrls.info("jdbc:postgresql://db.shop.svc:5432/shop", null))
          .end(spans.connection, null);
      for (int i = 0; i < count / 8; i++) {
        spans.request(i);
      }
    } finally {
      Tracer.uninstall();
    }
    return spans.ended.toArray(new Span[0]);
  }

  private void request(int number) {
    Request request = new Request(number);
    HttpServerSpan span = server.start(request);
    Context.enter(span);
    span.hold();
    HttpServerInstrumenter.route(RouteSource.SERVLET, "", ROUTES[number % ROUTES.length]);
    for (int i = 0; i < 5; i++) {
      query(SQL[(number + i) % SQL.length]);
    }
    call(number, null);
    call(number, number % 64 == 7 ? new ConnectException("Connection refused") : null);
    span.release();
    Context.exit(span);
    server.endWith(span, number % 64 == 7 ? 500 : 200, null);
  }

  private void query(String sql) {
    Object statement = new Object();
    DbStatementCalls.begin(connection);
    DbStatementCalls.end(connection, statement, sql);
    DbSpan span = db.start(statement);
    db.end(span, db.leave(span), null);
  }

  private void call(int number, Throwable thrown) {
    String query = number % 4 == 0 ? "?warehouse=" + number % 10 + "&sort=name" : "";
    URI uri = URI.create("http://inventory.shop.svc:8080/stock/" + 1000 + number + query);
    ClientCall<URI, Integer> call = client.call();
    call.startAt(uri, System.nanoTime());
    call.end(thrown == null ? 200 : null, thrown);
  }

  private static final class Request {
    final int number;

    Request(int number) {
      this.number = number;
    }
  }

  private static final class Server implements HttpServerGetter<Request, Integer> {
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
      return "/orders/" + (100_000 + request.number) + "/items";
    }

    @Override
    public String query(Request request) {
      return request.number % 4 == 0 ? "page=" + request.number + "&sort=price" : null;
    }

    @Override
    public String protocol(Request request) {
      return "HTTP/1.1";
    }

    @Override
    public String peerAddress(Request request) {
      return "10.0.7." + request.number % 200;
    }

    @Override
    public int peerPort(Request request) {
      return 40_000 + request.number;
    }

    @Override
    public int status(Integer response, Throwable thrown) {
      return response;
    }

    @Override
    public String first(Request request, String name) {
      switch (name) {
        case "host":
          return new String("shop.example.com");
        case "user-agent":
          return new String(BROWSER);
        case "traceparent":
          return request.number % 2 == 0
              ? "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
              : null;
        default:
          return null;
      }
    }

    @Override
    public Enumeration<String> all(Request request, String name) {
      String value = first(request, name);
      return Collections.enumeration(value == null ? List.of() : List.of(value));
    }
  }

  private static final class Client extends UriGetter {
    @Override
    public InetSocketAddress peer(URI request, Integer response) {
      try {
        return new InetSocketAddress(InetAddress.getByAddress(INVENTORY), 8080);
      } catch (UnknownHostException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
