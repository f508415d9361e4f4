import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes otlp-agent.jar of the shaded jar: the classes that the JVM itself must find stay entries,
 * all others go into one indexed entry, whose form AgentClassLoader describes. The same input gives
 * the same bytes. Started by the build: java AgentJarPacker.java shaded.jar otlp-agent.jar LICENSE
 * NOTICE
 */
final class AgentJarPacker {

  private static final String BLOB = "otlp-agent.classes";
  private static final String BOOTSTRAP = "io/otlpagent/bootstrap/";

  /** A row of this name says how much of the data is needed late; it stands in front. */
  private static final String LATE = "otlp-agent.late";

  private static final String[] LATE_PACKAGES = {
    "io/otlpagent/agent/",
    "io/otlpagent/agent/buffer/",
    "io/otlpagent/agent/endpoint/",
    "io/otlpagent/agent/export/",
    "io/otlpagent/agent/export/console/",
    "io/otlpagent/agent/export/delivery/",
    "io/otlpagent/agent/export/grpc/",
    "io/otlpagent/agent/export/metrics/",
    "io/otlpagent/agent/export/otlp/",
    "io/otlpagent/agent/export/probe/",
    "io/otlpagent/agent/export/queue/",
    "io/otlpagent/agent/export/tls/",
    "io/otlpagent/agent/export/transport/",
    "io/otlpagent/agent/live/",
    "io/otlpagent/agent/logging/",
    "io/otlpagent/agent/metrics/",
    "io/otlpagent/agent/wiring/",
  };
  private static final String INSTRUMENTATION = "io/otlpagent/instrumentation/";

  /** Beginnings of names. */
  private static final String[] LATE_CLASSES = {
    "jdbc/DbConnect", "metrics/Exemplar", "semconv/Experimental", "semconv/db/DbConnect",
  };

  private static final int MAGIC = 0x4F544C50;
  private static final FileTime TIME = FileTime.fromMillis(1767225600000L);

  public static void main(String[] arguments) throws IOException {
    Map<String, byte[]> plain = new TreeMap<>();
    Map<String, byte[]> packed = new TreeMap<>();
    try (JarFile shaded = new JarFile(arguments[0])) {
      for (ZipEntry entry : (Iterable<ZipEntry>) shaded.stream().map(e -> (ZipEntry) e)::iterator) {
        if (entry.isDirectory()) {
          continue;
        }
        try (InputStream in = shaded.getInputStream(entry)) {
          boolean own =
              entry.getName().startsWith(BOOTSTRAP) || entry.getName().startsWith("META-INF/");
          (own ? plain : packed).put(entry.getName(), in.readAllBytes());
        }
      }
    }
    for (int i = 2; i < arguments.length; i++) {
      Path file = Path.of(arguments[i]);
      plain.put("META-INF/" + file.getFileName(), Files.readAllBytes(file));
    }
    write(Path.of(arguments[1]), plain, blob(packed));
    System.out.println(
        arguments[1]
            + ": "
            + Files.size(Path.of(arguments[1]))
            + " bytes, "
            + packed.size()
            + " resources in "
            + BLOB);
  }

  private static byte[] blob(Map<String, byte[]> resources) throws IOException {
    List<String> names = new ArrayList<>(resources.keySet());
    names.sort(Comparator.comparing((String name) -> !late(name)).thenComparing(String::hashCode));
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    TreeMap<Integer, int[]> rows = new TreeMap<>();
    Map<Integer, String> hashes = new HashMap<>();
    hashes.put(LATE.hashCode(), LATE);
    int late = 0;
    for (String name : names) {
      String other = hashes.put(name.hashCode(), name);
      if (other != null) {
        throw new IOException(name + " and " + other + " have one hash code: rename one");
      }
      byte[] bytes = resources.get(name);
      byte[] deflated = deflate(bytes);
      rows.put(name.hashCode(), new int[] {data.size(), deflated.length, bytes.length});
      data.write(deflated);
      late = late(name) ? data.size() : late;
    }
    rows.put(LATE.hashCode(), new int[] {0, late, late});
    ByteArrayOutputStream blob = new ByteArrayOutputStream();
    DataOutputStream index = new DataOutputStream(blob);
    index.writeInt(MAGIC);
    index.writeInt(rows.size());
    for (Map.Entry<Integer, int[]> row : rows.entrySet()) {
      index.writeInt(row.getKey());
      for (int value : row.getValue()) {
        index.writeInt(value);
      }
    }
    data.writeTo(blob);
    return blob.toByteArray();
  }

  private static boolean late(String name) {
    String folder = name.substring(0, name.lastIndexOf('/') + 1);
    boolean late = Arrays.asList(LATE_PACKAGES).contains(folder);
    for (String prefix : LATE_CLASSES) {
      late |= name.startsWith(INSTRUMENTATION + prefix);
    }
    return late;
  }

  private static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(bytes);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  private static void write(Path jar, Map<String, byte[]> plain, byte[] blob) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      entry(zip, "META-INF/MANIFEST.MF", plain.remove("META-INF/MANIFEST.MF"), false);
      entry(zip, BLOB, blob, true);
      for (Map.Entry<String, byte[]> each : plain.entrySet()) {
        entry(zip, each.getKey(), each.getValue(), false);
      }
    }
  }

  private static void entry(ZipOutputStream zip, String name, byte[] bytes, boolean stored)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setLastModifiedTime(TIME);
    entry.setTime(TIME.toMillis());
    if (stored) {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.length);
      entry.setCrc(crc.getValue());
    }
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
