package io.otlpagent.agent.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Certificates that keytool makes and signs with their own keys, as PEM files. */
public final class Certificates {

  public static final String LOOPBACK = "san=ip:127.0.0.1,dns:localhost";

  private static final String PASSWORD = "changeit";

  private Certificates() {}

  /**
   * Writes {@code name.crt} and {@code name.key}.
   *
   * @param more options of {@code keytool -genkeypair}
   */
  public static void make(Path folder, String name, String algorithm, String names, String... more)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("-genkeypair", "-keyalg", algorithm, "-dname", "CN=" + name, "-ext", names));
    command.addAll(List.of(more));
    keytool(folder, name, command);
    export(folder, name);
  }

  /** Likewise for loopback, signed by one that was made before. */
  static void issue(Path folder, String name, String authority, String... more) throws Exception {
    make(folder, name, "EC", LOOPBACK);
    Path request = folder.resolve(name + ".csr");
    Path signed = folder.resolve(name + ".pem");
    keytool(folder, name, List.of("-certreq", "-file", request.toString()));
    List<String> command =
        new ArrayList<>(
            List.of(
                "-gencert", "-rfc", "-infile", request.toString(), "-outfile", signed.toString()));
    command.addAll(List.of("-ext", LOOPBACK));
    command.addAll(List.of(more));
    keytool(folder, authority, command);
    Files.copy(signed, folder.resolve(name + ".crt"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void keytool(Path folder, String name, List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(options);
    command.addAll(List.of("-alias", name, "-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", folder.resolve(name + ".p12").toString()));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).as("%s", command).isZero();
  }

  private static void export(Path folder, String name) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Files.writeString(
        folder.resolve(name + ".crt"),
        section("CERTIFICATE", keys.getCertificate(name).getEncoded()));
    Files.writeString(
        folder.resolve(name + ".key"),
        section("PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded()));
  }

  public static String section(String label, byte[] content) {
    String base64 = new String(Base64.getMimeEncoder().encode(content), UTF_8);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }
}
