package io.otlpagent.agent.export.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Puts the older forms of private keys into PKCS#8, which the JDK reads, and tells for which
 * algorithm a key is. As much of ASN.1 as that needs. Stateless.
 */
final class KeyEncoding {

  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xA0;

  private static final byte[] VERSION_0 = {INTEGER, 1, 0};

  /** 1.2.840.113549.1.1.1, rsaEncryption, and its parameters, which are NULL. */
  private static final byte[] RSA = {
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

  /** 1.2.840.10045.2.1, ecPublicKey. */
  private static final byte[] EC = {
    0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01
  };

  /** 1.3.101.112 and 1.3.101.113, Ed25519 and Ed448. */
  private static final byte[] ED25519 = {0x06, 0x03, 0x2B, 0x65, 0x70};

  private static final byte[] ED448 = {0x06, 0x03, 0x2B, 0x65, 0x71};

  private KeyEncoding() {}

  /** PKCS#1 as PKCS#8. */
  static byte[] ofRsa(byte[] pkcs1) {
    return pkcs8(RSA, pkcs1);
  }

  /**
   * SEC 1 as PKCS#8.
   *
   * @param parameters the curve where the key does not name it; may be empty
   */
  static byte[] ofEc(byte[] sec1, byte[] parameters) throws IOException {
    return pkcs8(concat(EC, curve(sec1, parameters)), sec1);
  }

  /** {@code RSA}, {@code EC}, {@code Ed25519} or {@code Ed448}; empty for any other. */
  static String algorithm(byte[] pkcs8) throws IOException {
    int version = content(pkcs8, 0, SEQUENCE);
    int identifier = content(pkcs8, end(pkcs8, version), SEQUENCE);
    byte[] name = Arrays.copyOfRange(pkcs8, identifier, end(pkcs8, identifier));
    if (Arrays.equals(name, Arrays.copyOf(RSA, RSA.length - 2))) {
      return "RSA";
    }
    if (Arrays.equals(name, EC)) {
      return "EC";
    }
    return Arrays.equals(name, ED25519) ? "Ed25519" : Arrays.equals(name, ED448) ? "Ed448" : "";
  }

  private static byte[] curve(byte[] sec1, byte[] parameters) throws IOException {
    int version = content(sec1, 0, SEQUENCE);
    int next = end(sec1, end(sec1, version));
    byte[] curve = parameters;
    if (next < sec1.length && (sec1[next] & 0xFF) == PARAMETERS) {
      int start = content(sec1, next, PARAMETERS);
      curve = Arrays.copyOfRange(sec1, start, end(sec1, start));
    }
    if (curve.length == 0 || curve[0] != OBJECT_IDENTIFIER) {
      throw new IOException("the EC private key does not name its curve");
    }
    return curve;
  }

  private static byte[] pkcs8(byte[] identifier, byte[] key) {
    return element(
        SEQUENCE,
        concat(concat(VERSION_0, element(SEQUENCE, identifier)), element(OCTET_STRING, key)));
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** An element with a length in three bytes or fewer, as any key's is. */
  private static byte[] element(int tag, byte[] content) {
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

  /** Where the content of an element begins that must be of that kind. */
  private static int content(byte[] der, int at, int tag) throws IOException {
    if (at >= der.length || (der[at] & 0xFF) != tag) {
      throw malformed();
    }
    return end(der, at) - length(der, at);
  }

  /** Where what follows an element begins. */
  private static int end(byte[] der, int at) throws IOException {
    int length = length(der, at);
    int first = der[at + 1] & 0xFF;
    int end = at + 2 + (first < 0x80 ? 0 : first & 0x7F) + length;
    if (end > der.length || end < at) {
      throw malformed();
    }
    return end;
  }

  private static int length(byte[] der, int at) throws IOException {
    if (at < 0 || at + 1 >= der.length) {
      throw malformed();
    }
    int first = der[at + 1] & 0xFF;
    if (first < 0x80) {
      return first;
    }
    int bytes = first & 0x7F;
    if (bytes == 0 || bytes > 2 || at + 1 + bytes >= der.length) {
      throw malformed();
    }
    int length = der[at + 2] & 0xFF;
    return bytes == 1 ? length : length << 8 | (der[at + 3] & 0xFF);
  }

  private static IOException malformed() {
    return new IOException("the private key is damaged");
  }
}
