package io.otlpagent.agent.export.tls;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * Reads a private key from a PEM file: PKCS#8 of RSA, EC and, where the JVM knows them, Ed25519 and
 * Ed448; PKCS#1 of RSA; SEC 1 of EC.
 */
final class PemKey {

  private static final String PKCS8 = "PRIVATE KEY";
  private static final String PKCS1 = "RSA PRIVATE KEY";
  private static final String SEC1 = "EC PRIVATE KEY";
  private static final String CURVE = "EC PARAMETERS";

  private PemKey() {}

  static PrivateKey read(File file) throws IOException, GeneralSecurityException {
    String text = new String(PemFile.read(file), StandardCharsets.ISO_8859_1);
    if (text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")
        || text.contains("Proc-Type: 4,ENCRYPTED")) {
      throw new IOException(
          file
              + " is encrypted, and there is no setting for a password; decrypt it with: openssl"
              + " pkey -in KEY -out PLAIN");
    }
    byte[] der;
    try {
      der = pkcs8(text);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    if (der.length == 0) {
      throw new IOException(
          file
              + " contains no private key in PKCS#8, PKCS#1 or SEC 1 form; convert it with: openssl"
              + " pkcs8 -topk8 -nocrypt");
    }
    return key(file, der);
  }

  /** Empty if there is none. */
  private static byte[] pkcs8(String text) throws IOException {
    byte[] rsa = section(text, PKCS1);
    if (rsa.length > 0) {
      return KeyEncoding.ofRsa(rsa);
    }
    byte[] ec = section(text, SEC1);
    return ec.length > 0 ? KeyEncoding.ofEc(ec, section(text, CURVE)) : section(text, PKCS8);
  }

  private static PrivateKey key(File file, byte[] der)
      throws IOException, GeneralSecurityException {
    String algorithm;
    try {
      algorithm = KeyEncoding.algorithm(der);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    if (algorithm.isEmpty()) {
      throw new IOException(file + " is a key of an unknown kind; use one for RSA or EC");
    }
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(
          file
              + " is a key for "
              + algorithm
              + ", which this JVM does not know; use Java 16 or newer, or a key for EC or RSA",
          e);
    } catch (InvalidKeySpecException e) {
      throw new IOException(file + ": the private key is damaged", e);
    }
  }

  /** The content of the first section with that label; empty if there is none. */
  private static byte[] section(String text, String label) throws IOException {
    String begin = "-----BEGIN " + label + "-----";
    int start = text.indexOf(begin);
    int end = text.indexOf("-----END " + label + "-----");
    if (start < 0 || end < start) {
      return new byte[0];
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(start + begin.length(), end));
    } catch (IllegalArgumentException e) {
      throw new IOException("the private key is not valid Base64", e);
    }
  }
}
