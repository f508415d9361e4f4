package io.otlpagent.instrumentation.library.apachehttpclient5;

import io.otlpagent.instrumentation.semconv.http.HttpClientGetter;
import io.otlpagent.instrumentation.semconv.http.HttpUrl;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.MessageHeaders;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** Reads the requests and responses of Apache HttpClient 5. */
final class ApacheHttpClient5Getter implements HttpClientGetter<Attempt, HttpResponse> {

  @Override
  public String method(Attempt attempt) {
    return attempt.request.getMethod();
  }

  @Override
  public HttpUrl url(Attempt attempt) {
    HttpHost target = attempt.target;
    URIAuthority authority = attempt.request.getAuthority();
    NamedEndpoint server = authority == null ? target : authority;
    String scheme = attempt.request.getScheme();
    return HttpUrl.of(
        scheme == null ? target.getSchemeName() : scheme,
        server.getHostName(),
        server.getPort(),
        attempt.request.getPath());
  }

  @Override
  public int status(HttpResponse response) {
    return response.getCode();
  }

  @Override
  public @Nullable String protocolVersion(HttpResponse response) {
    ProtocolVersion version = response.getVersion();
    if (version == null || version.getMajor() != 1) {
      return null;
    }
    return version.getMinor() == 0 ? "1.0" : "1.1";
  }

  @Override
  public @Nullable InetSocketAddress peer(Attempt attempt, @Nullable HttpResponse response) {
    EndpointDetails endpoint = attempt.endpoint(response != null);
    SocketAddress address = endpoint == null ? null : endpoint.getRemoteAddress();
    return address instanceof InetSocketAddress ? (InetSocketAddress) address : null;
  }

  @Override
  public Collection<String> requestHeader(Attempt attempt, String name) {
    return values(attempt.request, name);
  }

  @Override
  public Collection<String> responseHeader(HttpResponse response, String name) {
    return values(response, name);
  }

  /** The client adds the header of the body after the attempt has begun. */
  @Override
  public long sentBodySize(Attempt attempt) {
    Header length = attempt.request.getFirstHeader("content-length");
    return length == null ? -1 : Long.parseLong(length.getValue());
  }

  private static List<String> values(MessageHeaders message, String name) {
    List<String> values = new ArrayList<>(1);
    for (Header header : message.getHeaders(name)) {
      values.add(header.getValue());
    }
    return values;
  }
}
