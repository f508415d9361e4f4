package io.otlpagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.tracing.SemconvConfig;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.semconv.http.ClientCall;
import io.otlpagent.instrumentation.semconv.http.HttpClientGetter;
import io.otlpagent.instrumentation.semconv.http.HttpClientInstrumenter;
import io.otlpagent.instrumentation.semconv.http.HttpClientSpan;
import io.otlpagent.instrumentation.semconv.http.HttpUrl;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings make of the span of a request that a client sends. */
class HttpConfigTest {

  private final Properties properties = new Properties();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void install() {
    Tracer.install(
        new Tracer(
            Sampler.ALWAYS_ON,
            new IdGenerator(1, 2),
            new TimeSource(),
            new SpanCounters(),
            span -> {}));
  }

  @AfterEach
  void restore() {
    Tracer.uninstall();
    SemconvSettings.install(SemconvSettings.DEFAULT);
  }

  @Test
  void noHeaderIsTakenUnlessItIsListed() {
    assertThat(attributes(null).keySet()).noneMatch(name -> name.contains(".header."));
  }

  @Test
  void openTelemetryNamesOfClientHeadersAreHonoured() {
    properties.setProperty(
        "otel.instrumentation.http.client.capture-request-headers", "X-Tenant, Cookie");
    environment.put("OTEL_INSTRUMENTATION_HTTP_CLIENT_CAPTURE_RESPONSE_HEADERS", "Server");

    assertThat(attributes(null))
        .containsEntry("http.request.header.x-tenant", List.of("request x-tenant"))
        .containsEntry("http.request.header.cookie", List.of("REDACTED"))
        .containsEntry("http.response.header.server", List.of("response server"));
  }

  @Test
  void agentArgumentBeatsOpenTelemetryName() {
    properties.setProperty("otel.instrumentation.http.client.capture-request-headers", "x-tenant");

    assertThat(attributes("http.client.request_headers=x-color,x-pin;redaction.headers=X-Pin"))
        .containsEntry("http.request.header.x-color", List.of("request x-color"))
        .containsEntry("http.request.header.x-pin", List.of("REDACTED"))
        .doesNotContainKey("http.request.header.x-tenant");
  }

  @Test
  void headersOfServersAreNotThoseOfClients() {
    Map<String, Object> attributes =
        attributes("http.server.request_headers=x-color;http.server.response_headers=x-color");

    assertThat(attributes.keySet()).noneMatch(name -> name.contains(".header."));
  }

  @Test
  void sizesAreToldIfTheyAreAskedFor() {
    assertThat(attributes(null)).doesNotContainKey("http.response.body.size");
    assertThat(attributes("http.server.experimental=true"))
        .doesNotContainKey("http.response.body.size");
    assertThat(attributes("http.client.experimental=true"))
        .containsEntry("http.response.body.size", 42L);
    properties.setProperty("otel.instrumentation.http.client.emit-experimental-telemetry", "true");
    assertThat(attributes(null)).containsEntry("http.response.body.size", 42L);
  }

  @Test
  void servicesThatAreCalledHaveNames() {
    environment.put(
        "OTEL_INSTRUMENTATION_COMMON_PEER_SERVICE_MAPPING",
        "1.2.3.4=cats-service,shop.example:80/orders=order-service");

    assertThat(attributes(null)).containsEntry("peer.service", "order-service");
    assertThat(attributes("instrumentation.peer_services=shop.example=shop"))
        .containsEntry("peer.service", "shop");
    assertThat(attributes("instrumentation.peer_services=other.example=shop"))
        .doesNotContainKey("peer.service");
    assertThat(AllKeys.live("instrumentation.peer_services")).isTrue();
  }

  @Test
  void namesOfServicesCanStandInTheFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("config.yaml");
    Files.writeString(file, "instrumentation:\n  peer_services: {'shop.example:80/o': orders}\n");
    environment.put("OTLP_CONFIG_FILE", file.toString());

    assertThat(attributes(null)).containsEntry("peer.service", "orders");
  }

  @Test
  void serviceWithoutAPlaceIsAWarning() {
    AgentConfig config =
        AgentConfigLoader.load(
            "instrumentation.peer_services=shop:x=a,other=b", properties, environment);

    assertThat(config.warnings())
        .containsExactly(
            "agent argument instrumentation.peer_services: 'shop:x' is not of the form host,"
                + " host:port, host/path or host:port/path; it is ignored");
  }

  @Test
  void entriesOfAMapThatCannotBeUsedAreCounted() {
    AgentConfig config =
        AgentConfigLoader.load(
            "instrumentation.peer_services=shop:x=a,other=b,cart:y=c,[=d",
            new Properties(),
            Map.of());

    assertThat(config.warnings())
        .singleElement()
        .asString()
        .startsWith("agent argument instrumentation.peer_services: 'shop:x' is not of the form")
        .endsWith("; it is ignored; so are 2 entries after it");
  }

  @Test
  void theseSettingsAreLive() {
    assertThat(SemconvConfig.KEYS).allMatch(key -> key.isLive());
  }

  private Map<String, Object> attributes(@Nullable String agentArguments) {
    AgentConfig config = AgentConfigLoader.load(agentArguments, properties, environment);
    assertThat(config.warnings()).isEmpty();
    SemconvSettings.install(config.instrumentation().semconvSettings());
    HttpClientInstrumenter<URI, Integer> client =
        new HttpClientInstrumenter<>("test", new Getter());
    URI request = URI.create("http://shop.example/orders");
    ClientCall<URI, Integer> call = client.call();
    call.start(request, request, (carrier, name, value) -> {});
    HttpClientSpan span = Objects.requireNonNull(call.span());
    call.end(200, null);
    Map<String, Object> attributes = new TreeMap<>();
    span.writeAttributes(new Attributes(attributes));
    return attributes;
  }

  private record Attributes(Map<String, Object> written) implements AttributeWriter {

    @Override
    public void put(AttributeKey key, @Nullable String value) {
      if (value != null) {
        written.put(key.name(), value);
      }
    }

    @Override
    public void put(AttributeKey key, long value) {
      written.put(key.name(), value);
    }

    @Override
    public void put(AttributeKey key, boolean value) {
      written.put(key.name(), value);
    }

    @Override
    public void put(AttributeKey key, List<String> values) {
      written.put(key.name(), values);
    }
  }

  private static final class Getter implements HttpClientGetter<URI, Integer> {

    @Override
    public String method(URI request) {
      return "GET";
    }

    @Override
    public HttpUrl url(URI request) {
      return HttpUrl.of(request);
    }

    @Override
    public int status(Integer response) {
      return response;
    }

    @Override
    public @Nullable String protocolVersion(Integer response) {
      return null;
    }

    @Override
    public @Nullable InetSocketAddress peer(URI request, @Nullable Integer response) {
      return null;
    }

    @Override
    public List<String> requestHeader(URI request, String name) {
      return List.of("request " + name);
    }

    @Override
    public List<String> responseHeader(Integer response, String name) {
      return List.of(name.equals("content-length") ? "42" : "response " + name);
    }
  }
}
