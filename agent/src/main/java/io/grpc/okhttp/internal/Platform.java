package io.grpc.okhttp.internal;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The TLS of the JDK, set up when a connection needs it.
 *
 * <p>The class of grpc that this one replaces initializes {@code SSLContext.getDefault()} for plain
 * text, too: an application that sets {@code javax.net.ssl.trustStore} later would find a default
 * context that knows nothing of it. Half of the classes that a first export loaded were due to that
 * (929 of 1757), and 190 of its 430 ms of CPU.
 */
public class Platform {

  private static final Platform JDK = new Platform();

  /** What grpc distinguishes on Android. */
  public enum TlsExtensionType {
    ALPN_AND_NPN,
    NPN,
    NONE,
  }

  public static Platform get() {
    return JDK;
  }

  /** The provider of TLS; does not touch the default context. */
  public Provider getProvider() {
    try {
      return SSLContext.getInstance("TLS").getProvider();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  public TlsExtensionType getTlsExtensionType() {
    return TlsExtensionType.ALPN_AND_NPN;
  }

  /** Offers the protocols by ALPN. */
  public void configureTlsExtensions(SSLSocket socket, String hostname, List<Protocol> protocols) {
    String[] names = new String[protocols.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = protocols.get(i).toString();
    }
    SSLParameters parameters = socket.getSSLParameters();
    Alpn.call(Alpn.SET_PROTOCOLS, parameters, (Object) names);
    socket.setSSLParameters(parameters);
  }

  public void afterHandshake(SSLSocket socket) {}

  /** The protocol that ALPN agreed on; null before the handshake, empty if none. */
  public String getSelectedProtocol(SSLSocket socket) {
    return (String) Alpn.call(Alpn.GET_PROTOCOL, socket);
  }

  /** The protocols as ALPN writes them: each with its length in front. */
  public static byte[] concatLengthPrefixed(List<Protocol> protocols) {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    for (Protocol protocol : protocols) {
      byte[] name = protocol.toString().getBytes(StandardCharsets.US_ASCII);
      list.write(name.length);
      list.write(name, 0, name.length);
    }
    return list.toByteArray();
  }

  /** The methods for ALPN: in every JDK since 8u252, but not among those that Java 8 declares. */
  private static final class Alpn {

    static final Method SET_PROTOCOLS =
        find(SSLParameters.class, "setApplicationProtocols", String[].class);
    static final Method GET_PROTOCOL = find(SSLSocket.class, "getApplicationProtocol");

    private static Method find(Class<?> type, String name, Class<?>... parameters) {
      try {
        return type.getMethod(name, parameters);
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("gRPC over TLS needs Java 8u252 or newer", e);
      }
    }

    static Object call(Method method, Object target, Object... arguments) {
      try {
        return method.invoke(target, arguments);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("ALPN failed", e);
      }
    }
  }
}
