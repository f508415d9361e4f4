package io.otlpagent.agent.buffer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with disk buffers in it, at a time that the test says. */
final class BufferFolder implements AutoCloseable {

  static final long MIB = 1024 * 1024;
  static final long AGE = 1000;

  private final Path folder;
  private final List<DiskBuffer> buffers = new ArrayList<>();
  long now = 1_000_000;

  BufferFolder(Path folder) {
    this.folder = folder;
  }

  Path root() {
    return folder.resolve("spans");
  }

  DiskBuffer buffer(String service, BufferBooks books) {
    return buffer(service, books, new PrivateFiles());
  }

  DiskBuffer buffer(String service, BufferBooks books, PrivateFiles files) {
    DiskBuffer buffer =
        new DiskBuffer(
            new BufferSettings(root().toFile(), service, MIB, AGE), books, () -> now, files);
    buffers.add(buffer);
    return buffer;
  }

  static void append(DiskBuffer buffer, String... payloads) {
    for (String payload : payloads) {
      byte[] bytes = payload.getBytes(UTF_8);
      assertThat(buffer.append(bytes, bytes.length, 1)).isNotNull();
    }
  }

  static String next(DiskBuffer buffer) {
    return new String(buffer.request(buffer.oldest()), UTF_8);
  }

  static void settleOldest(DiskBuffer buffer) {
    assertThat(buffer.settle(buffer.oldest())).isTrue();
  }

  static List<String> drain(DiskBuffer buffer) {
    List<String> payloads = new ArrayList<>();
    StoredBatch batch;
    while ((batch = buffer.oldest()) != null) {
      byte[] payload = buffer.request(batch);
      if (payload != null) {
        payloads.add(new String(payload, UTF_8));
        assertThat(buffer.settle(batch)).isTrue();
      }
    }
    return payloads;
  }

  List<Path> everything() throws IOException {
    if (!Files.exists(root())) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(root())) {
      List<Path> found = new ArrayList<>(paths.toList());
      // The directory of the setting itself stays.
      if (found.size() == 1) {
        found.clear();
      }
      return found;
    }
  }

  void deleteEverything() throws IOException {
    try (Stream<Path> paths = Files.walk(root())) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  long sizeOnDisk() {
    try (Stream<Path> paths = Files.walk(root())) {
      return paths.filter(Files::isRegularFile).mapToLong(path -> path.toFile().length()).sum();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    buffers.forEach(DiskBuffer::close);
  }
}
