package io.otlpagent.agent.export;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Reads a private key from a PEM file: PKCS#8 of RSA and EC, and PKCS#1 of RSA. */
final class PemKey {

  private static final String PKCS8 = "PRIVATE KEY";
  private static final String PKCS1 = "RSA PRIVATE KEY";

  /** Version 0 and the algorithm rsaEncryption, which PKCS#8 has in front of a PKCS#1 key. */
  private static final byte[] RSA_HEADER = {
    0x02,
    0x01,
    0x00,
    0x30,
    0x0D,
    0x06,
    0x09,
    0x2A,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xF7,
    0x0D,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };

  private PemKey() {}

  static PrivateKey read(File file) throws IOException, GeneralSecurityException {
    String text = new String(PemFile.read(file), StandardCharsets.ISO_8859_1);
    byte[] der = section(text, PKCS8);
    if (der.length == 0) {
      byte[] rsa = section(text, PKCS1);
      der = rsa.length == 0 ? rsa : pkcs8(rsa);
    }
    if (der.length == 0) {
      throw new IOException(
          file
              + " contains no plain PKCS#8 or RSA private key; convert it with: openssl pkcs8"
              + " -topk8 -nocrypt");
    }
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der);
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(spec);
    } catch (InvalidKeySpecException e) {
      return KeyFactory.getInstance("EC").generatePrivate(spec);
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

  private static byte[] pkcs8(byte[] rsa) {
    byte[] octets = derElement(0x04, rsa);
    byte[] content = new byte[RSA_HEADER.length + octets.length];
    System.arraycopy(RSA_HEADER, 0, content, 0, RSA_HEADER.length);
    System.arraycopy(octets, 0, content, RSA_HEADER.length, octets.length);
    return derElement(0x30, content);
  }

  /** An element of ASN.1 with a length in three bytes or fewer, as any key's is. */
  private static byte[] derElement(int tag, byte[] content) {
    ByteArrayOutputStream element = new ByteArrayOutputStream(content.length + 4);
    element.write(tag);
    if (content.length < 0x80) {
      element.write(content.length);
    } else if (content.length < 0x100) {
      element.write(0x81);
      element.write(content.length);
    } else {
      element.write(0x82);
      element.write(content.length >> 8);
      element.write(content.length);
    }
    element.write(content, 0, content.length);
    return element.toByteArray();
  }
}
