package io.otlpagent.agent.buffer;

import io.otlpagent.agent.logging.AgentLog;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Encoded batches on disk, oldest first. What cannot be written is refused, never an exception.
 * When the bound is reached the oldest file makes room: after a long outage the present matters
 * most, and deleting a file frees real space at once.
 *
 * <p>Records are handed to the operating system and not forced to the device: they outlive the JVM,
 * also one that is killed, but perhaps not a loss of power. Used by the exporter thread; {@link
 * #bytes()} by any.
 */
public final class DiskBuffer {

  private final BufferSettings settings;
  private final BufferBooks books;
  private final LongSupplier clock;
  private final PrivateFiles files;
  private final BufferRemark remark;

  // Sorted by the time at which they were begun, but for those that could not be read: they wait.
  private final List<Segment> segments = new ArrayList<>();
  private final BufferHomes homes;
  private @Nullable Segment writing;
  private long begun;

  // Written by the exporter thread, read by the endpoint.
  private final AtomicLong bytes = new AtomicLong();

  public DiskBuffer(BufferSettings settings, BufferBooks books) {
    this(settings, books, System::currentTimeMillis, new PrivateFiles());
  }

  /**
   * @param clock milliseconds since 1970
   */
  DiskBuffer(BufferSettings settings, BufferBooks books, LongSupplier clock, PrivateFiles files) {
    this.settings = settings;
    this.books = books;
    this.clock = clock;
    this.files = files;
    this.remark = new BufferRemark(settings.directory());
    this.homes = new BufferHomes(settings, files, clock);
  }

  /** How much space the files take. */
  public long bytes() {
    return bytes.get();
  }

  /**
   * Keeps a request.
   *
   * @return where it is; null if it could not be written
   */
  public @Nullable StoredBatch append(byte[] request, int length, int spans) {
    int needed = RecordHeader.BYTES + length;
    if (needed > settings.maxBytes() || length > RecordHeader.MAX_PAYLOAD) {
      return null;
    }
    makeRoom(needed);
    Segment target = null;
    try {
      target = target(needed);
      StoredBatch stored = target.append(request, length, spans, clock.getAsLong());
      bytes.addAndGet(needed);
      remark.works();
      return stored;
    } catch (IOException | RuntimeException e) {
      remark.fails("spans cannot be kept", e);
      if (target != null) {
        target.undo();
        seal();
      }
      return null;
    }
  }

  /**
   * The oldest batch, until it is {@linkplain #settle settled}; null if there is none. Gives up
   * what is damaged or too old.
   */
  public @Nullable StoredBatch oldest() {
    int unreadable = 0;
    while (unreadable < segments.size()) {
      Segment head = segments.get(0);
      try {
        StoredBatch batch = head.oldest(books);
        if (batch == null) {
          lose(head, BufferLoss.CORRUPT);
        } else if (clock.getAsLong() - batch.header.epochMillis <= settings.maxAgeMillis()) {
          return batch;
        } else {
          lose(batch, BufferLoss.EXPIRED);
        }
      } catch (IOException | RuntimeException e) {
        failedToRead(head, e);
        unreadable += segments.contains(head) ? 1 : 0;
      }
    }
    return null;
  }

  /** The request of such a batch; null if it turns out to be damaged, and then it is given up. */
  public byte @Nullable [] request(StoredBatch batch) {
    try {
      byte[] payload = batch.segment.payload(batch);
      if (payload == null) {
        lose(batch, BufferLoss.CORRUPT);
      }
      return payload;
    } catch (IOException | RuntimeException e) {
      failedToRead(batch.segment, e);
      return null;
    }
  }

  /**
   * Forgets a batch that has been delivered or that the collector does not want.
   *
   * @return false if it was given up meanwhile
   */
  public boolean settle(StoredBatch batch) {
    Segment segment = batch.segment;
    if (!segments.contains(segment)) {
      return false;
    }
    try {
      segment.done(batch);
    } catch (IOException e) {
      // A later JVM will send it once more.
      remark.fails("a sent batch cannot be marked", e);
    }
    removeIfDone(segment);
    return true;
  }

  /** Takes over what JVMs that have ended left behind. To be called now and then. */
  public void adopt() {
    for (BufferHome home : homes.adopt()) {
      take(home);
    }
    oldest();
  }

  /** Lets go of everything, for a later JVM. */
  public void close() {
    for (Segment segment : segments) {
      segment.close();
    }
    segments.clear();
    writing = null;
    homes.close();
  }

  private void makeRoom(int needed) {
    while (bytes.get() + needed > settings.maxBytes() && !segments.isEmpty()) {
      lose(segments.get(0), BufferLoss.FULL);
    }
  }

  private Segment target(int needed) throws IOException {
    Segment current = writing;
    if (current != null && !current.exists()) {
      lose(current, BufferLoss.CORRUPT);
      current = null;
    }
    if (current != null && current.size() + needed > settings.segmentBytes()) {
      seal();
      current = null;
    }
    return current == null ? begin() : current;
  }

  private Segment begin() throws IOException {
    BufferHome home = homes.own();
    // The clock may stand still or go back.
    begun = Math.max(begun + 1, clock.getAsLong());
    File file = new File(home.directory(), Segment.name(begun));
    Segment segment = new Segment(files, home, file);
    segment.create();
    segments.add(segment);
    writing = segment;
    return segment;
  }

  /** Writes to another file from now on. */
  private void seal() {
    Segment sealed = writing;
    writing = null;
    if (sealed != null) {
      removeIfDone(sealed);
      if (sealed != head()) {
        sealed.close();
      }
    }
  }

  private @Nullable Segment head() {
    return segments.isEmpty() ? null : segments.get(0);
  }

  private void lose(StoredBatch batch, BufferLoss loss) {
    books.lost(loss, batch.spans());
    settle(batch);
  }

  private void lose(Segment segment, BufferLoss loss) {
    segment.loseRest(books, loss);
    removeIfDone(segment);
  }

  private void failedToRead(Segment segment, Exception e) {
    remark.fails("spans cannot be read", e);
    segment.close();
    if (!segment.exists()) {
      lose(segment, BufferLoss.CORRUPT);
    } else if (clock.getAsLong() - segment.begun() > settings.maxAgeMillis()) {
      lose(segment, BufferLoss.EXPIRED);
    } else if (segments.remove(segment)) {
      // The others need not wait for it.
      segments.add(segment);
    }
  }

  private void removeIfDone(Segment segment) {
    if (segment.remaining() <= 0 && segments.remove(segment)) {
      bytes.addAndGet(-segment.size());
      segment.delete();
      if (segment == writing) {
        writing = null;
      }
      homes.tidy(segment.home());
    }
  }

  private void take(BufferHome home) {
    int recovered = 0;
    for (File file : home.segments()) {
      Segment segment = new Segment(files, home, file);
      try {
        int spans = segment.inspect();
        if (spans == 0) {
          segment.delete();
          continue;
        }
        recovered += spans;
        bytes.addAndGet(segment.size());
        segments.add(segment);
      } catch (IOException | RuntimeException e) {
        remark.fails("spans of a previous run cannot be read", e);
        segment.close();
      }
    }
    if (recovered == 0) {
      homes.drop(home);
      return;
    }
    segments.sort(Comparator.comparingLong(Segment::begun));
    begun = Math.max(begun, segments.get(segments.size() - 1).begun());
    books.recovered(recovered);
    AgentLog.info(recovered + " spans of a previous run are on disk and will be sent");
    makeRoom(0);
  }
}
