package io.otlpagent.agent.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Single figures of the agent, such as how many classes were woven. Filled before the endpoint
 * starts, then read by its threads.
 */
public final class FigureMetrics implements MetricSource {

  private final List<Figure> figures = new ArrayList<>();

  /**
   * @param name without {@code _total}
   */
  public FigureMetrics counter(String name, String help, LongSupplier value) {
    figures.add(new Figure(true, name, help, value));
    return this;
  }

  public FigureMetrics gauge(String name, String help, LongSupplier value) {
    figures.add(new Figure(false, name, help, value));
    return this;
  }

  @Override
  public void write(MetricsWriter writer) {
    for (Figure figure : figures) {
      if (figure.counter) {
        writer.counter(figure.name, figure.help);
      } else {
        writer.gauge(figure.name, figure.help);
      }
      writer.sample(figure.value.getAsLong());
    }
  }

  private static final class Figure {

    final boolean counter;
    final String name;
    final String help;
    final LongSupplier value;

    Figure(boolean counter, String name, String help, LongSupplier value) {
      this.counter = counter;
      this.name = name;
      this.help = help;
      this.value = value;
    }
  }
}
