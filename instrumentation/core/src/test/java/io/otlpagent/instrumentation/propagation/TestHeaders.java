package io.otlpagent.instrumentation.propagation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The headers of a message, with names in any case. */
final class TestHeaders implements TextMapGetter<TestHeaders>, TextMapSetter<TestHeaders> {

  private final Map<String, List<String>> values = new TreeMap<>();
  private final Set<String> namesAsSent = new LinkedHashSet<>();

  static TestHeaders of(String... namesAndValues) {
    TestHeaders headers = new TestHeaders();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }

  private void add(String name, String value) {
    namesAsSent.add(name);
    values.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>()).add(value);
  }

  Map<String, List<String>> asMap() {
    return values;
  }

  @Override
  public @Nullable String first(TestHeaders carrier, String name) {
    List<String> found = carrier.values.get(name.toLowerCase(Locale.ROOT));
    return found == null ? null : found.get(0);
  }

  @Override
  public Enumeration<String> all(TestHeaders carrier, String name) {
    return Collections.enumeration(carrier.values.getOrDefault(name, List.of()));
  }

  @Override
  public Enumeration<String> names(TestHeaders carrier) {
    return Collections.enumeration(carrier.namesAsSent);
  }

  @Override
  public void set(TestHeaders carrier, String name, String value) {
    carrier.values.put(name.toLowerCase(Locale.ROOT), new ArrayList<>(List.of(value)));
  }
}
