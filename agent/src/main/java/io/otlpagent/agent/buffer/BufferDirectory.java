package io.otlpagent.agent.buffer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The place for those who name none. */
public final class BufferDirectory {

  private BufferDirectory() {}

  /**
   * A directory of the user among the temporary files, where everybody may make directories: one
   * that somebody else has made is refused.
   */
  public static File standard() throws IOException {
    File temporary = new File(System.getProperty("java.io.tmpdir")).getAbsoluteFile();
    File directory = new File(temporary, "otlp-agent-" + System.getProperty("user.name"));
    new PrivateFiles().makeDirectories(directory);
    Path probe = Files.createTempFile(temporary.toPath(), "otlp-agent", null);
    try {
      Object owner = Files.getOwner(directory.toPath(), LinkOption.NOFOLLOW_LINKS);
      if (!owner.equals(Files.getOwner(probe))) {
        throw new IOException(directory + " belongs to another user");
      }
    } finally {
      Files.delete(probe);
    }
    return directory;
  }
}
