package io.otlpagent.agent.export.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.otlpagent.agent.export.Certificates;
import io.otlpagent.agent.export.Replies;
import io.otlpagent.agent.export.Requests;
import io.otlpagent.agent.export.ScriptedServer;
import io.otlpagent.agent.export.grpc.GrpcSender;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.transport.CollectorEndpoint;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.HttpSender;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.export.transport.SenderSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as keytool and openssl write them, and handshakes in which the client shows them. */
@Timeout(300)
class PemKeyTest {

  @TempDir private static Path files;

  @BeforeAll
  static void makeKeys() throws Exception {
    Certificates.make(files, "server", "EC", Certificates.LOOPBACK);
    Certificates.make(files, "RSA", "RSA", Certificates.LOOPBACK);
    Certificates.make(files, "EC", "EC", Certificates.LOOPBACK, "-groupname", "secp384r1");
    Certificates.make(files, "Ed25519", "Ed25519", Certificates.LOOPBACK);
  }

  @ParameterizedTest
  @CsvSource({
    "EC, ec, EC PRIVATE KEY",
    "RSA, rsa -traditional, RSA PRIVATE KEY",
    "Ed25519, pkey, PRIVATE KEY"
  })
  void keysOfOpensslAreRead(String algorithm, String command, String label) throws Exception {
    Path key = openssl(command, file(algorithm + ".key"), algorithm + ".openssl");

    assertThat(Files.readString(key)).contains("-----BEGIN " + label + "-----");
    PrivateKey written = PemKey.read(file(algorithm + ".key").toFile());
    assertThat(PemKey.read(key.toFile()).getEncoded()).isNotEmpty();
    assertThat(PemKey.read(key.toFile()).getAlgorithm()).isEqualTo(written.getAlgorithm());
    for (boolean grpc : new boolean[] {true, false}) {
      assertThat(handshake(grpc, algorithm, key).isSuccess()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void theServerSeesTheKeyOfTheClient(String algorithm) throws Exception {
    for (boolean grpc : new boolean[] {true, false}) {
      ExportResult result = handshake(grpc, algorithm, file(algorithm + ".key"));

      assertThat(result.isSuccess()).as(result.message()).isTrue();
    }
  }

  @Test
  void theCurveMayStandInASectionOfItsOwn() throws Exception {
    Path sec1 = openssl("ec", file("EC.key"), "curve.key");
    String key = Files.readString(sec1);
    byte[] der = java.util.Base64.getMimeDecoder().decode(key.replaceAll("-----[A-Z ]+-----", ""));
    // secp384r1, in the context-specific element 0.
    byte[] curve = {0x06, 0x05, 0x2B, (byte) 0x81, 0x04, 0x00, 0x22};
    int at = indexOf(der, curve);
    byte[] without = new byte[der.length - curve.length - 2];
    System.arraycopy(der, 0, without, 0, at - 2);
    System.arraycopy(der, at + curve.length, without, at - 2, der.length - at - curve.length);
    without[2] -= (byte) (curve.length + 2);
    Path split =
        Files.writeString(
            files.resolve("split.key"),
            Certificates.section("EC PARAMETERS", curve)
                + Certificates.section("EC PRIVATE KEY", without));

    assertThat(handshake(true, "EC", split).isSuccess()).isTrue();
    Files.writeString(split, Certificates.section("EC PRIVATE KEY", without));
    assertThatThrownBy(() -> PemKey.read(split.toFile()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not name its curve");
  }

  @Test
  void anEncryptedKeyIsOneClearError() throws Exception {
    Path pkcs8 = openssl("pkcs8 -topk8 -passout pass:hush", file("EC.key"), "encrypted.pkcs8");
    Path old = openssl("ec -aes128 -passout pass:hush", file("EC.key"), "encrypted.sec1");

    for (Path key : List.of(pkcs8, old)) {
      assertThat(handshake(true, "EC", key).message())
          .contains(key + " is encrypted, and there is no setting for a password");
    }
  }

  @Test
  void aDamagedKeyIsAnErrorAndNothingElse() throws Exception {
    byte[] der = PemKey.read(file("EC.key").toFile()).getEncoded();
    Path damaged = files.resolve("damaged.key");
    for (String label : List.of("PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY")) {
      for (int length = 1; length < der.length; length += 3) {
        byte[] part = Arrays.copyOf(der, length);
        Files.writeString(damaged, Certificates.section(label, part));

        assertThatThrownBy(() -> PemKey.read(damaged.toFile())).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void theKeyOfAnotherCertificateIsSaid() throws Exception {
    Certificates.make(files, "other", "Ed25519", Certificates.LOOPBACK);

    assertThat(handshake(true, "Ed25519", file("other.key")).message())
        .contains("is not the key of the certificate");
  }

  private static ExportResult handshake(boolean grpc, String certificate, Path key)
      throws Exception {
    TlsFiles server =
        new TlsFiles(
            file(certificate + ".crt").toString(),
            file("server.crt").toString(),
            file("server.key").toString());
    TlsFiles client =
        new TlsFiles(
            file("server.crt").toString(), file(certificate + ".crt").toString(), key.toString());
    try (ScriptedServer collector =
        new ScriptedServer(grpc, grpc ? Replies.grpcOk(new byte[0]) : Replies.httpOk(new byte[0]))
            .secure(server.context(), true)) {
      SenderSettings settings =
          new SenderSettings(
                  CollectorEndpoint.of("https://127.0.0.1:" + collector.port(), false),
                  Map.of(),
                  false,
                  "1")
              .with(client);
      OtlpSender sender =
          grpc ? new GrpcSender(settings) : new HttpSender(settings, OtlpSignal::httpPath);
      try {
        return Requests.send(sender, 1);
      } finally {
        sender.close();
      }
    }
  }

  private static Path openssl(String command, Path in, String name) throws Exception {
    Path out = files.resolve(name);
    String line = "openssl " + command + " -in " + in + " -out " + out;
    Process process;
    try {
      process = new ProcessBuilder(line.split(" ")).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "there is no openssl");
      throw e;
    }
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(line).isZero();
    return out;
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int i = 0; i <= all.length - part.length; i++) {
      if (Arrays.equals(Arrays.copyOfRange(all, i, i + part.length), part)) {
        return i;
      }
    }
    throw new AssertionError("not found");
  }

  private static Path file(String name) {
    return files.resolve(name);
  }
}
