package io.otlpagent.agent.export.tls;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files that TLS is set up from. Empty names leave the trust to the JVM's own store and the
 * client without a certificate. Immutable; the files are read anew for each {@link #context()}.
 */
public final class TlsFiles {

  public static final TlsFiles NONE = new TlsFiles("", "", "");

  private static final char[] NO_PASSWORD = new char[0];

  private final String caFile;
  private final String certFile;
  private final String keyFile;

  /**
   * @param caFile certificates of the authorities to trust
   * @param certFile certificate chain of the client
   * @param keyFile private key of the client
   */
  public TlsFiles(String caFile, String certFile, String keyFile) {
    this.caFile = caFile;
    this.certFile = certFile;
    this.keyFile = keyFile;
  }

  public boolean hasAuthorities() {
    return !caFile.isEmpty();
  }

  public boolean hasClientCertificate() {
    return !certFile.isEmpty();
  }

  /** A number that changes when one of the files does. */
  long stamp() {
    long stamp = 0;
    for (String name : new String[] {caFile, certFile, keyFile}) {
      File file = new File(name);
      stamp = 31 * stamp + (name.isEmpty() ? 0 : file.lastModified() + file.length());
    }
    return stamp;
  }

  public SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(), trust(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private TrustManager @Nullable [] trust() throws IOException, GeneralSecurityException {
    if (caFile.isEmpty()) {
      return null;
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates(caFile)) {
      store.setCertificateEntry("ca-" + number++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private KeyManager @Nullable [] keys() throws IOException, GeneralSecurityException {
    if (certFile.isEmpty() || keyFile.isEmpty()) {
      return null;
    }
    Certificate[] chain = certificates(certFile).toArray(new Certificate[0]);
    PrivateKey key = PemKey.read(new File(keyFile));
    if (!isPair(key, chain[0].getPublicKey())) {
      throw new IOException(keyFile + " is not the key of the certificate in " + certFile);
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setKeyEntry("client", key, NO_PASSWORD, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  /** Asked because the two files are exchanged one after the other. */
  private static boolean isPair(PrivateKey key, PublicKey publicKey)
      throws GeneralSecurityException {
    String algorithm = key.getAlgorithm();
    if (!algorithm.equals(publicKey.getAlgorithm())) {
      return false;
    }
    boolean rsa = algorithm.equals("RSA");
    if (!rsa && !algorithm.equals("EC") && !algorithm.equals("EdDSA")) {
      return true;
    }
    byte[] text = {1};
    Signature signature =
        Signature.getInstance(
            rsa ? "SHA256withRSA" : algorithm.equals("EC") ? "SHA256withECDSA" : algorithm);
    signature.initSign(key);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(text);
    return signature.verify(signed);
  }

  private static Collection<? extends Certificate> certificates(String name)
      throws IOException, GeneralSecurityException {
    InputStream in = new ByteArrayInputStream(PemFile.read(new File(name)));
    Collection<? extends Certificate> certificates =
        CertificateFactory.getInstance("X.509").generateCertificates(in);
    if (certificates.isEmpty()) {
      throw new IOException(name + " contains no certificate");
    }
    return certificates;
  }
}
