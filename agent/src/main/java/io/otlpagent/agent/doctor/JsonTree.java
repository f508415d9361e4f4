package io.otlpagent.agent.doctor;

import io.otlpagent.agent.logging.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, texts, numbers and booleans as JSON. Stateless. */
public final class JsonTree {

  private JsonTree() {}

  /** The text of a tree, indented, with a line end. */
  public static String write(@Nullable Object tree) {
    StringBuilder out = new StringBuilder(1024);
    write(out, tree, "\n");
    return out.append('\n').toString();
  }

  private static void write(StringBuilder out, @Nullable Object value, String indent) {
    if (value instanceof Map) {
      writeMap(out, (Map<?, ?>) value, indent);
    } else if (value instanceof Iterable) {
      writeList(out, (Iterable<?>) value, indent);
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      Json.string(out, value.toString());
    }
  }

  private static void writeMap(StringBuilder out, Map<?, ?> map, String indent) {
    String inner = indent + "  ";
    char separator = '{';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator).append(inner);
      Json.string(out, String.valueOf(entry.getKey())).append(": ");
      write(out, entry.getValue(), inner);
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : indent + "}");
  }

  private static void writeList(StringBuilder out, Iterable<?> list, String indent) {
    String inner = indent + "  ";
    char separator = '[';
    for (Object element : list) {
      out.append(separator).append(inner);
      write(out, element, inner);
      separator = ',';
    }
    out.append(separator == '[' ? "[]" : indent + "]");
  }
}
