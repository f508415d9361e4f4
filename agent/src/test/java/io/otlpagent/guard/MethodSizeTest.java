package io.otlpagent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A method that does not fit on a screen wants to be two. */
final class MethodSizeTest {

  private static final int LONGEST = 40;

  @Test
  void methodHasAtMost40Lines() throws IOException {
    List<Method> methods = methods(Repository.mainFiles());

    assertThat(methods).hasSizeGreaterThan(1000);
    assertThat(methods)
        .filteredOn(method -> method.lines > LONGEST)
        .as("methods with more than %s lines, from the signature to the brace", LONGEST)
        .isEmpty();
  }

  private record Method(Path file, String name, long line, long lines) {}

  private static List<Method> methods(List<Path> files) throws IOException {
    ParsedSources sources = ParsedSources.of(files);
    List<Method> methods = new ArrayList<>();
    for (CompilationUnitTree unit : sources.units()) {
      unit.accept(new Collector(unit, sources.positions(), methods), null);
    }
    return methods;
  }

  private static final class Collector extends TreeScanner<Void, Void> {

    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<Method> methods;

    Collector(CompilationUnitTree unit, SourcePositions positions, List<Method> methods) {
      this.unit = unit;
      this.positions = positions;
      this.methods = methods;
    }

    @Override
    public Void visitMethod(MethodTree method, Void none) {
      LineMap lines = unit.getLineMap();
      // Annotations do not count, so that a line with the name, or the type before it, is the
      // first.
      Tree type = method.getReturnType();
      long from =
          lines.getLineNumber(positions.getStartPosition(unit, type == null ? method : type));
      long to = lines.getLineNumber(positions.getEndPosition(unit, method));
      methods.add(
          new Method(
              Repository.root().relativize(Path.of(unit.getSourceFile().toUri())),
              method.getName().toString(),
              from,
              to - from + 1));
      return super.visitMethod(method, none);
    }
  }
}
