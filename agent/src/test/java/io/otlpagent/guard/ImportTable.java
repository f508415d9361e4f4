package io.otlpagent.guard;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of ARCHITECTURE.md that says who may import whom, bottom row first. A name stands for a
 * package of {@code io.otlpagent} or of {@code io.otlpagent.instrumentation}; one that ends with
 * {@code *} for those inside it. What follows a semicolon is for readers.
 */
final class ImportTable {

  private static final String HEADING = "## Who may import whom";
  private static final String ROOT = "io.otlpagent.";
  private static final Pattern NAME = Pattern.compile("`([a-z][\\w.]*(?:\\.\\*)?)`");

  /** By the name of the importing package, in the order of the rows. */
  private final Map<String, List<String>> rows = new LinkedHashMap<>();

  private ImportTable() {}

  static ImportTable read() {
    ImportTable table = new ImportTable();
    boolean inside = false;
    for (String line : Repository.lines(Repository.root().resolve("ARCHITECTURE.md"))) {
      inside = line.startsWith("## ") ? line.equals(HEADING) : inside;
      if (inside && line.startsWith("| `")) {
        String[] cells = line.split("\\|");
        List<String> allowed =
            cells[2].contains("all above") ? new ArrayList<>(table.rows.keySet()) : names(cells[2]);
        for (String importer : names(cells[1])) {
          table.rows.put(importer, allowed);
        }
      }
    }
    return table;
  }

  private static List<String> names(String cell) {
    List<String> names = new ArrayList<>();
    Matcher name = NAME.matcher(cell.split(";", 2)[0]);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** What rows name although it stands in no row above them. */
  List<String> upwards() {
    List<String> found = new ArrayList<>();
    List<String> above = new ArrayList<>();
    rows.forEach(
        (importer, allowed) -> {
          for (String name : allowed) {
            if (above.stream()
                .noneMatch(lower -> lower.equals(name) || inside(lower).equals(name))) {
              found.add(importer + " -> " + name);
            }
          }
          above.add(importer);
        });
    return found;
  }

  /** The imports between packages of ours that no row allows, as {@code Importer -> imported}. */
  Set<String> violations(Iterable<JavaClass> classes) {
    Set<String> found = new TreeSet<>();
    for (JavaClass importer : classes) {
      String from = name(importer);
      for (Dependency dependency : importer.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(ROOT)
            && !allows(from, name(target))
            && !ofBridge(dependency)) {
          found.add(importer.getName() + " -> " + target.getName());
        }
      }
    }
    return found;
  }

  /** The packages that are in no row. */
  Set<String> unknown(Iterable<JavaClass> classes) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : classes) {
      if (row(name(type)) == null) {
        found.add(name(type));
      }
    }
    return found;
  }

  /** Whether it is in a method that the build writes beside one of an advice class. */
  private static boolean ofBridge(Dependency dependency) {
    return dependency.getOriginClass().getSimpleName().endsWith("Advice")
        && dependency.getDescription().contains("$bridge(");
  }

  private boolean allows(String from, String to) {
    List<String> allowed = row(from);
    return from.equals(to)
        || allowed != null && (allowed.contains(to) || allowed.contains(inside(to)));
  }

  private List<String> row(String name) {
    List<String> own = rows.get(name);
    return own == null ? rows.get(inside(name)) : own;
  }

  /** The name for all packages beside that one. */
  private static String inside(String name) {
    return name.substring(0, name.lastIndexOf('.') + 1) + "*";
  }

  private static String name(JavaClass type) {
    String name = type.getPackageName().substring(ROOT.length() - 1).replaceFirst("^\\.", "");
    return name.startsWith("instrumentation.") ? name.substring("instrumentation.".length()) : name;
  }
}
