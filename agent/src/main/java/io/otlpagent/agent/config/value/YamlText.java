package io.otlpagent.agent.config.value;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Reads YAML into maps, lists and strings, and keeps the line of each key. Every scalar is its
 * text: each setting knows its own type. The only class that touches the YAML library.
 */
public final class YamlText {

  /** More than any hand-written file; aliases can make a small file as large as they like. */
  private static final int MAX_NODES = 20_000;

  private final Map<String, Integer> lines;
  private int nodes;

  private YamlText(Map<String, Integer> lines) {
    this.lines = lines;
  }

  /**
   * The first document.
   *
   * @param lines takes the line of each path, such as {@code batch.max_size}
   * @return maps, lists and strings; null if there is no document
   */
  public static @Nullable Object read(String label, String yaml, Map<String, Integer> lines)
      throws ConfigFileException {
    LoadSettings settings =
        LoadSettings.builder().setLabel(label).setSchema(new TextSchema()).build();
    try {
      Iterator<Node> documents = new Compose(settings).composeAllFromString(yaml).iterator();
      return documents.hasNext() ? new YamlText(lines).plain("", documents.next()) : null;
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark();
      throw new ConfigFileException(
          "YAML error"
              + (mark.isPresent() ? " in line " + line(mark) : "")
              + ": "
              + e.getProblem());
    } catch (StackOverflowError e) {
      throw new ConfigFileException("YAML error: nested too deep");
    } catch (RuntimeException e) {
      // Of the library's own, or what it forgot about: a version of %YAML that is no number.
      throw new ConfigFileException("YAML error: " + e.getMessage());
    }
  }

  private static int line(Optional<Mark> mark) {
    return mark.isPresent() ? mark.get().getLine() + 1 : 0;
  }

  private @Nullable Object plain(String path, Node node) throws ConfigFileException {
    if (node.isRecursive() || ++nodes > MAX_NODES) {
      throw new ConfigFileException(
          "YAML error in line " + line(node.getStartMark()) + ": too large, or it contains itself");
    }
    if (node instanceof MappingNode) {
      return map(path, (MappingNode) node);
    }
    if (node instanceof SequenceNode) {
      List<@Nullable Object> list = new ArrayList<>();
      for (Node element : ((SequenceNode) node).getValue()) {
        list.add(plain(path, element));
      }
      return list;
    }
    ScalarNode scalar = (ScalarNode) node;
    return scalar.getScalarStyle() == ScalarStyle.PLAIN && isNull(scalar.getValue())
        ? null
        : scalar.getValue();
  }

  private static boolean isNull(String plain) {
    return plain.equals("~") || plain.equalsIgnoreCase("null");
  }

  private Map<String, @Nullable Object> map(String path, MappingNode node)
      throws ConfigFileException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (NodeTuple entry : node.getValue()) {
      int line = line(entry.getKeyNode().getStartMark());
      if (!(entry.getKeyNode() instanceof ScalarNode)) {
        throw new ConfigFileException("YAML error in line " + line + ": a key must be plain text");
      }
      String key = ((ScalarNode) entry.getKeyNode()).getValue();
      String keyPath = path.isEmpty() ? key : path + "." + key;
      if (map.containsKey(key)) {
        throw new ConfigFileException(
            "YAML error in line " + line + ": duplicate key " + keyPath + "; keep one of them");
      }
      map.put(key, plain(keyPath, entry.getValueNode()));
      lines.put(keyPath, line);
    }
    return map;
  }

  private static final class TextSchema extends FailsafeSchema {

    @Override
    public ScalarResolver getScalarResolver() {
      return (value, implicit) -> Tag.STR;
    }
  }
}
