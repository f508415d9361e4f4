package io.otlpagent.agent.export.probe;

import io.otlpagent.agent.export.transport.CollectorEndpoint;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that a server shows to whoever asks, to explain why it is not trusted. The
 * connection that it was seen on carries no request. Immutable.
 */
final class PresentedCertificate {

  static final PresentedCertificate NONE = new PresentedCertificate(new Looker());

  private static final int SAN_DNS = 2;
  private static final int SAN_IP = 7;

  private final @Nullable X509Certificate certificate;
  private final boolean wantsOurs;

  private PresentedCertificate(Looker looker) {
    this.certificate = looker.seen;
    this.wantsOurs = looker.asked;
  }

  /** Shakes hands over that connection and looks; the connection is of no use afterwards. */
  static PresentedCertificate of(Socket plain, CollectorEndpoint endpoint) {
    Looker looker = new Looker();
    try (SSLSocket socket = secure(plain, endpoint, looker)) {
      socket.startHandshake();
    } catch (IOException | GeneralSecurityException e) {
      // It may have shown its certificate all the same.
    }
    return new PresentedCertificate(looker);
  }

  /** A connection to ask what is spoken inside; whoever is at the other end. */
  static SSLSocket handshake(Socket plain, CollectorEndpoint endpoint, String... protocols)
      throws IOException {
    try {
      SSLSocket socket = secure(plain, endpoint, new Looker());
      offer(socket, protocols);
      socket.startHandshake();
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Whether the server speaks TLS. */
  boolean seen() {
    return certificate != null;
  }

  /** Whether the server asked for a certificate of the client, be it that it can do without. */
  boolean wantsOurs() {
    return wantsOurs;
  }

  /**
   * What is wrong with it, and what it says of itself; empty if nothing was seen.
   *
   * @param failure what TLS said
   */
  String explain(CollectorEndpoint endpoint, boolean ownAuthorities, String failure) {
    X509Certificate shown = certificate;
    if (shown == null) {
      return "";
    }
    Instant now = Instant.now();
    if (now.isAfter(shown.getNotAfter().toInstant())) {
      return "the collector's certificate has expired: " + describe(shown) + "; renew it there";
    }
    if (now.isBefore(shown.getNotBefore().toInstant())) {
      return "the collector's certificate is not valid yet: "
          + describe(shown)
          + "; is the clock of this host right?";
    }
    if (isAboutTheName(failure)) {
      List<String> names = names(shown);
      return "the collector's certificate is for "
          + (names.isEmpty() ? "no host name" : String.join(", ", names))
          + " and not for "
          + endpoint.nameForTls()
          + ": "
          + describe(shown)
          + "; write one of its names in otlp.endpoint";
    }
    return "the collector's certificate comes from an authority that is not in "
        + (ownAuthorities ? "otlp.tls.ca_file" : "the JVM's trust store")
        + ": "
        + describe(shown)
        + (ownAuthorities
            ? "; add its issuer to that file"
            : "; set otlp.tls.ca_file to a file with its issuer");
  }

  private static String describe(X509Certificate shown) {
    return "subject "
        + shown.getSubjectX500Principal().getName()
        + ", issuer "
        + shown.getIssuerX500Principal().getName()
        + ", valid "
        + day(shown.getNotBefore().toInstant())
        + " to "
        + day(shown.getNotAfter().toInstant());
  }

  private static String day(Instant instant) {
    return instant.toString().substring(0, 10);
  }

  private static List<String> names(X509Certificate shown) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = shown.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> alternative : alternatives) {
          Object type = alternative.get(0);
          if (Integer.valueOf(SAN_DNS).equals(type) || Integer.valueOf(SAN_IP).equals(type)) {
            names.add(String.valueOf(alternative.get(1)));
          }
        }
      }
    } catch (CertificateParsingException e) {
      // Then it has no names that anybody could use.
    }
    return names;
  }

  /** In the words of the JDK and of grpc's transport. */
  private static boolean isAboutTheName(String failure) {
    return failure.contains("subject alternative")
        || failure.contains("No name matching")
        || failure.contains("verify hostname");
  }

  private static SSLSocket secure(Socket plain, CollectorEndpoint endpoint, Looker looker)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {looker}, new TrustManager[] {looker}, null);
    return (SSLSocket)
        context
            .getSocketFactory()
            .createSocket(plain, endpoint.nameForTls(), endpoint.port(), true);
  }

  /** By reflection: ALPN is in every JDK since 8u252, but not among what Java 8 declares. */
  private static void offer(SSLSocket socket, String... protocols) {
    SSLParameters parameters = socket.getSSLParameters();
    try {
      SSLParameters.class
          .getMethod("setApplicationProtocols", String[].class)
          .invoke(parameters, (Object) protocols);
      socket.setSSLParameters(parameters);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      // Then the server may guess.
    }
  }

  /** Keeps what it is shown and accepts it, for nothing is sent; has nothing to show itself. */
  private static final class Looker implements X509TrustManager, X509KeyManager {

    private @Nullable X509Certificate seen;
    private boolean asked;

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal[] issuers, @Nullable Socket socket) {
      asked = true;
      return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal[] issuers) {
      return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal[] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return null;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      seen = chain[0];
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
