package io.otlpagent.instrumentation.semconv;

import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The headers of requests, or of responses, that the operator wants in spans. Values of those that
 * carry secrets are kept only to find them in the texts of exceptions. Immutable; asked on
 * application threads, writes on the exporter's.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/http/">HTTP
 *     attributes</a>
 */
public final class HeaderCapture {

  /** Headers whose values never stand in spans; in lower case. */
  public static final Set<String> DEFAULT_SECRET_HEADERS =
      Collections.unmodifiableSet(
          new HashSet<>(
              Arrays.asList(
                  "authorization",
                  "proxy-authorization",
                  "cookie",
                  "set-cookie",
                  "x-api-key",
                  "api-key",
                  "x-auth-token",
                  "x-csrf-token",
                  "x-amz-security-token")));

  private static final List<String> REDACTED = Collections.singletonList("REDACTED");

  /** The most values of a header that are kept. */
  public static final int MAX_VALUES = 16;

  private final String[] names;
  private final AttributeKey[] keys;
  private final boolean[] secret;

  /**
   * @param side {@code request} or {@code response}
   * @param headers their names
   * @param secretHeaders whose values are replaced, in lower case
   */
  public HeaderCapture(String side, Collection<String> headers, Set<String> secretHeaders) {
    Set<String> lower = new HashSet<>();
    for (String header : headers) {
      lower.add(header.toLowerCase(Locale.ROOT));
    }
    names = lower.toArray(new String[0]);
    Arrays.sort(names);
    keys = new AttributeKey[names.length];
    secret = new boolean[names.length];
    for (int i = 0; i < names.length; i++) {
      keys[i] = AttributeKey.of("http." + side + ".header." + names[i]);
      secret[i] = secretHeaders.contains(names[i]);
    }
  }

  /** Reads the headers of one message. */
  public interface Source {

    /** All values of a header; null or empty if there is none. */
    @Nullable Collection<String> values(String name);
  }

  /** What the message has of these headers; null if nothing. */
  public @Nullable Captured capture(Source source) {
    @Nullable List<String>[] values = newArray(names.length);
    boolean any = false;
    for (int i = 0; i < names.length; i++) {
      values[i] = read(source, i);
      any |= values[i] != null;
    }
    return any ? new Captured(this, values) : null;
  }

  private @Nullable List<String> read(Source source, int i) {
    try {
      Collection<String> found = source.values(names[i]);
      if (found == null || found.isEmpty()) {
        return null;
      }
      return copy(found);
    } catch (Throwable e) {
      // The application's own request, or its wrapper of one. The request and its span go on.
      return null;
    }
  }

  private static List<String> copy(Collection<String> found) {
    List<String> copy = new ArrayList<>(4);
    Iterator<String> values = found.iterator();
    for (int i = 0; i < MAX_VALUES && values.hasNext(); i++) {
      String value = values.next();
      if (value != null) {
        copy.add(value);
      }
    }
    return copy;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of generic types.
  private static @Nullable List<String>[] newArray(int length) {
    return new List[length];
  }

  /** The values of one message. Immutable. */
  public static final class Captured {

    private final HeaderCapture rule;
    private final @Nullable List<String>[] values;

    Captured(HeaderCapture rule, @Nullable List<String>[] values) {
      this.rule = rule;
      this.values = values;
    }

    /** The values that are not shown. */
    public List<String> secrets() {
      List<String> secrets = new ArrayList<>(1);
      for (int i = 0; i < values.length; i++) {
        List<String> found = values[i];
        if (found != null && rule.secret[i]) {
          secrets.addAll(found);
        }
      }
      return secrets;
    }

    public void writeTo(AttributeWriter writer) {
      for (int i = 0; i < values.length; i++) {
        List<String> found = values[i];
        if (found != null) {
          writer.put(rule.keys[i], rule.secret[i] ? REDACTED : found);
        }
      }
    }
  }
}
