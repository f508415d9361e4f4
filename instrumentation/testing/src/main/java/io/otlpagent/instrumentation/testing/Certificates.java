package io.otlpagent.instrumentation.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate for the loopback addresses, made by {@code keytool} once a JVM. */
public final class Certificates {

  private static final String PASSWORD = "loopback";

  private static SSLContext context;

  private Certificates() {}

  /** A context that presents the certificate, and trusts nothing else. */
  public static synchronized SSLContext context() {
    if (context == null) {
      context = make();
    }
    return context;
  }

  private static SSLContext make() {
    try {
      KeyStore keys = keyStore();
      KeyManagerFactory keyManagers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keyManagers.init(keys, PASSWORD.toCharArray());
      TrustManagerFactory trustManagers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trustManagers.init(keys);
      SSLContext made = SSLContext.getInstance("TLS");
      made.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
      return made;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore keyStore()
      throws IOException, GeneralSecurityException, InterruptedException {
    Path directory = Files.createTempDirectory("certificates");
    Path file = directory.resolve("loopback.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "loopback",
                "-dname",
                "CN=loopback",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1,ip:::1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Files.delete(file);
    Files.delete(directory);
    return keys;
  }
}
