package io.otlpagent.instrumentation.propagation;

import java.util.Enumeration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Baggage with a header for each member, such as {@code uberctx-<key>: value}. Within the process
 * it is what a {@code baggage} header would say, so each form can be passed on as any other;
 * properties of members are in that header only. As many members as the W3C asks to pass on, and
 * none that a header cannot hold. Keys of headers are read in lower case, as those tracers read
 * them: names of headers come in whatever case the client and the proxies before us like.
 * Stateless.
 */
final class HeaderBaggage {

  /** What the W3C asks every platform to pass on, in 8192 characters. */
  private static final int MAX_MEMBERS = 64;

  /** Of a request; servers allow some hundreds, a wrapper of the application's any number. */
  private static final int MAX_NAMES = 4096;

  private final String prefix;
  private final boolean urlEncoded;

  /**
   * @param prefix of the names, in lower case
   * @param urlEncoded whether values are percent-encoded, a plus for a space; else they are plain
   */
  HeaderBaggage(String prefix, boolean urlEncoded) {
    this.prefix = prefix;
    this.urlEncoded = urlEncoded;
  }

  /**
   * The members as a {@code baggage} header has them.
   *
   * @param list of further members, {@code k=v, k2=v2}, their values as those of headers
   * @return null if there are none
   */
  <C> @Nullable String extract(C carrier, TextMapGetter<C> getter, @Nullable String list) {
    Members members = new Members();
    Enumeration<String> names = getter.names(carrier);
    for (int i = 0; i < MAX_NAMES && names != null && names.hasMoreElements(); i++) {
      String name = names.nextElement();
      if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
        String value = getter.first(carrier, name);
        String key = name.substring(prefix.length()).toLowerCase(Locale.ROOT);
        if (value != null && members.keys.add(key)) {
          members.add(key, fromHeader(value));
        }
      }
    }
    if (list != null) {
      Reader reader = new Reader(list);
      while (reader.next()) {
        members.add(reader.key, fromHeader(reader.value));
      }
    }
    return members.text.length() == 0 ? null : members.text.toString();
  }

  private @Nullable String fromHeader(String value) {
    return urlEncoded ? BaggageText.fromUrlEncoded(value) : BaggageText.fromPlain(value);
  }

  /**
   * Sets a header for each member.
   *
   * @param baggage as {@link Baggage#join} or {@link #extract} made it; null for none
   */
  <C> void inject(@Nullable String baggage, C carrier, TextMapSetter<C> setter) {
    if (baggage == null) {
      return;
    }
    int count = 0;
    int length = 0;
    Reader reader = new Reader(baggage);
    while (count < MAX_MEMBERS && reader.next()) {
      String value =
          urlEncoded ? BaggageText.toUrlEncoded(reader.value) : BaggageText.toPlain(reader.value);
      if (value != null && BaggageText.isToken(reader.key)) {
        length += reader.key.length() + value.length();
        if (length > Baggage.MAX_LENGTH) {
          return;
        }
        setter.set(carrier, prefix + reader.key, value);
        count++;
      }
    }
  }

  /** Members on their way into a list. */
  private static final class Members {

    final StringBuilder text = new StringBuilder();
    // Of headers: there may be several whose names differ in case only.
    final Set<String> keys = new HashSet<>();
    private int count;

    void add(String key, @Nullable String value) {
      if (value == null
          || !BaggageText.isToken(key)
          || count == MAX_MEMBERS
          || text.length() + key.length() + value.length() + 2 > Baggage.MAX_LENGTH) {
        return;
      }
      if (count++ > 0) {
        text.append(',');
      }
      text.append(key).append('=').append(value);
    }
  }

  /** Goes through a list of members, without their properties. */
  private static final class Reader {

    private final String list;
    private int position;
    String key = "";
    String value = "";

    Reader(String list) {
      this.list = list;
    }

    /** Whether there is another one; what is not {@code key=value} is passed over. */
    boolean next() {
      while (position < list.length()) {
        int start = position;
        int comma = list.indexOf(',', start);
        int next = comma < 0 ? list.length() : comma;
        position = next + 1;
        int end = indexOf(';', start, next);
        int equals = indexOf('=', start, end);
        if (equals < end) {
          key = trimmed(start, equals);
          value = trimmed(equals + 1, end);
          return true;
        }
      }
      return false;
    }

    /** Looks no further than the end: a list that is all commas is still gone through once. */
    private int indexOf(char c, int start, int end) {
      int i = start;
      while (i < end && list.charAt(i) != c) {
        i++;
      }
      return i;
    }

    private String trimmed(int from, int to) {
      int start = Ows.skip(list, from, to);
      return list.substring(start, Ows.trim(list, start, to));
    }
  }
}
