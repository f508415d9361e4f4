package io.otlpagent.agent.buffer;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The directories that this JVM has: its own, and those of former ones that it took over. */
final class BufferHomes {

  /** Whoever makes a directory needs a moment until it is locked and in use. */
  private static final long YOUNG_MILLIS = TimeUnit.MINUTES.toMillis(1);

  /** How often our locks are touched: what cleans temporary directories goes by age. */
  private static final long TOUCH_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final BufferSettings settings;
  private final PrivateFiles files;
  private final LongSupplier clock;
  private final List<BufferHome> adopted = new ArrayList<>();
  private @Nullable BufferHome own;
  private long nextTouch;

  BufferHomes(BufferSettings settings, PrivateFiles files, LongSupplier clock) {
    this.settings = settings;
    this.files = files;
    this.clock = clock;
  }

  /** This JVM's own; made now if there is none or if somebody has deleted it. */
  BufferHome own() throws IOException {
    BufferHome home = own;
    if (home != null && !home.exists()) {
      home.close();
      home = null;
    }
    if (home == null) {
      files.makeDirectories(settings.directory());
      home = create();
      own = home;
    }
    return home;
  }

  private BufferHome create() throws IOException {
    try {
      return BufferHome.create(files, settings.directory(), settings.service());
    } catch (IOException e) {
      // Another JVM may have taken it for one that was left behind.
      return BufferHome.create(files, settings.directory(), settings.service());
    }
  }

  /**
   * Takes over directories of JVMs that have ended. Those of other services are left alone: how
   * long what is in them is of use, those know.
   *
   * @return those that are new
   */
  List<BufferHome> adopt() {
    touch();
    List<BufferHome> fresh = new ArrayList<>();
    String prefix = BufferHome.prefix(settings.service());
    File[] homes = settings.directory().listFiles(File::isDirectory);
    for (File directory : homes == null ? new File[0] : homes) {
      boolean ours = directory.getName().startsWith(prefix);
      if (!ours || isOpen(directory) || isBeingMade(directory)) {
        continue;
      }
      BufferHome home = BufferHome.adopt(files, directory);
      if (home != null) {
        fresh.add(home);
      }
    }
    adopted.addAll(fresh);
    return fresh;
  }

  /** Removes a directory that was taken over if there is nothing in it any more. */
  void tidy(BufferHome home) {
    if (adopted.contains(home) && home.segments().length == 0) {
      drop(home);
    }
  }

  /** Lets go of a directory that was taken over. */
  void drop(BufferHome home) {
    adopted.remove(home);
    home.delete();
  }

  void close() {
    for (BufferHome home : adopted) {
      home.delete();
    }
    adopted.clear();
    if (own != null) {
      own.delete();
      own = null;
    }
  }

  private boolean isOpen(File directory) {
    boolean open = own != null && own.directory().equals(directory);
    for (BufferHome home : adopted) {
      open |= home.directory().equals(directory);
    }
    return open;
  }

  private void touch() {
    long now = clock.getAsLong();
    if (now >= nextTouch) {
      nextTouch = now + TOUCH_MILLIS;
      adopted.forEach(BufferHome::touch);
      if (own != null) {
        own.touch();
      }
    }
  }

  private static boolean isBeingMade(File directory) {
    // By the file system's clock, more or less: a difference delays the removal, or allows it.
    return BufferHome.segments(directory).length == 0
        && System.currentTimeMillis() - directory.lastModified() < YOUNG_MILLIS;
  }
}
