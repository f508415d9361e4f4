package io.otlpagent.instrumentation.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What test advice was called with. Shared by all loaders, unlike a static of the advice. */
public final class Calls {

  public static final List<String> SEEN = new CopyOnWriteArrayList<>();

  private Calls() {}
}
