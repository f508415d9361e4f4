package io.otlpagent.agent.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One thing that an operator should know, and what to change. Immutable. */
public final class Finding {

  /** How bad it is. */
  public enum Severity {
    /** Spans are lost, or settings do not work. */
    ERROR,
    /** Something is not as it should be; spans go out. */
    WARNING,
    /** Nothing to do, but it explains what is seen. */
    INFO
  }

  private final Severity severity;
  private final String what;
  private final String why;
  private final String fix;

  private Finding(Severity severity, String what, String why, String fix) {
    this.severity = severity;
    this.what = what;
    this.why = why;
    this.fix = fix;
  }

  public static Finding error(String what, String why, String fix) {
    return new Finding(Severity.ERROR, what, why, fix);
  }

  public static Finding warning(String what, String why, String fix) {
    return new Finding(Severity.WARNING, what, why, fix);
  }

  public static Finding info(String what, String why, String fix) {
    return new Finding(Severity.INFO, what, why, fix);
  }

  public Severity severity() {
    return severity;
  }

  public String what() {
    return what;
  }

  /** Empty if there is nothing to explain. */
  public String why() {
    return why;
  }

  /** Empty if there is nothing to do. */
  public String fix() {
    return fix;
  }

  private Map<String, Object> toTree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("severity", severity.name().toLowerCase(Locale.ROOT));
    tree.put("what", what);
    tree.put("why", why);
    tree.put("fix", fix);
    return tree;
  }

  /** The worst first, each in the form of {@link JsonTree}. */
  public static List<Object> trees(List<Finding> findings) {
    List<Object> trees = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      for (Finding finding : findings) {
        if (finding.severity == severity) {
          trees.add(finding.toTree());
        }
      }
    }
    return trees;
  }

  @Override
  public String toString() {
    return severity + " " + what;
  }
}
