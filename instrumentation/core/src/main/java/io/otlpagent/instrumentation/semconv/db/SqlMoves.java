package io.otlpagent.instrumentation.semconv.db;

import io.otlpagent.instrumentation.semconv.db.DbNamespace.Kind;
import io.otlpagent.instrumentation.semconv.sql.SqlDialect;
import io.otlpagent.instrumentation.semconv.sql.SqlLexer;
import io.otlpagent.instrumentation.semconv.sql.SqlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a text the statement that moves its connection to another database or schema, such as
 * {@code USE}. Once for each text that is read, on the application's thread.
 */
final class SqlMoves {

  /** One of these is in each such text. */
  private static final String[] HINTS = {
    "use", "schema", "current_schema", "search_path", "catalog", "discard"
  };

  /** More words has none, up to the name. */
  private static final int MAX_TERMS = 9;

  private final SqlDialect dialect;
  private final List<String> terms = new ArrayList<>(MAX_TERMS);
  private @Nullable DbNamespace found;

  private SqlMoves(SqlDialect dialect) {
    this.dialect = dialect;
  }

  /** Where the text leaves its connection; null if it leaves it where it was. */
  static @Nullable DbNamespace of(String sql, SqlDialect dialect) {
    if (!hinted(sql)) {
      return null;
    }
    SqlMoves moves = new SqlMoves(dialect);
    SqlLexer lexer = new SqlLexer(sql, dialect);
    SqlToken token = lexer.next();
    while (token != SqlToken.END) {
      if (lexer.is(';')) {
        moves.endStatement();
      } else if (token != SqlToken.SPACE
          && token != SqlToken.COMMENT
          && moves.terms.size() < MAX_TERMS) {
        moves.terms.add(sql.substring(lexer.start(), lexer.end()));
      }
      token = lexer.next();
    }
    moves.endStatement();
    return moves.found;
  }

  private static boolean hinted(String sql) {
    for (int i = 0; i < sql.length(); i++) {
      int letter = sql.charAt(i) | 0x20;
      if (letter == 'u' || letter == 's' || letter == 'c' || letter == 'd') {
        for (String hint : HINTS) {
          int end = i + hint.length();
          if (hint.charAt(0) == letter
              && sql.regionMatches(true, i, hint, 0, hint.length())
              && !continues(sql, i - 1)
              && !continues(sql, end)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean continues(String sql, int at) {
    return at >= 0 && at < sql.length() && Character.isLetterOrDigit(sql.charAt(at));
  }

  private void endStatement() {
    DbNamespace moved = null;
    switch (term(0)) {
      case "USE":
        moved = use();
        break;
      case "SET":
        moved = set(1);
        break;
      case "ALTER":
        moved = term(1).equals("SESSION") && term(2).equals("SET") ? set(3) : null;
        break;
      case "RESET":
        moved = term(1).equals("SEARCH_PATH") || term(1).equals("ALL") ? schema(null) : null;
        break;
      case "DISCARD":
        moved = term(1).equals("ALL") ? schema(null) : null;
        break;
      default:
    }
    found = moved == null ? found : moved;
    terms.clear();
  }

  private @Nullable DbNamespace use() {
    switch (term(1)) {
      case "DATABASE":
        return new DbNamespace(Kind.DATABASE, qualified(2));
      case "CATALOG":
        return new DbNamespace(Kind.CATALOG, qualified(2));
      case "SCHEMA":
        return schema(qualified(2));
      case "ROLE":
      case "WAREHOUSE":
      case "SECONDARY":
        return null;
      default:
        return new DbNamespace(Kind.DATABASE, qualified(1));
    }
  }

  private @Nullable DbNamespace set(int start) {
    int at = start;
    // For the transaction only: what comes after it, nobody knows.
    boolean local = term(at).equals("LOCAL");
    if (local || term(at).equals("SESSION") || term(at).equals("CURRENT")) {
      at++;
    }
    String what = term(at++);
    if (term(at).equals("=") || term(at).equals("TO")) {
      at++;
    }
    switch (what) {
      case "SCHEMA":
      case "CURRENT_SCHEMA":
      case "SEARCH_PATH":
        return schema(local || term(at).equals("DEFAULT") ? null : name(at));
      case "CATALOG":
        return new DbNamespace(Kind.CATALOG, local ? null : name(at));
      default:
        return null;
    }
  }

  private static DbNamespace schema(@Nullable String name) {
    return new DbNamespace(Kind.SCHEMA, name);
  }

  /** Empty if there is none. */
  private String term(int index) {
    return index < terms.size() ? terms.get(index).toUpperCase(Locale.ROOT) : "";
  }

  private @Nullable String qualified(int index) {
    String first = name(index);
    boolean dot = term(index + 1).equals(".");
    String second = dot ? name(index + 2) : null;
    return first == null || !dot ? first : second == null ? null : first + "." + second;
  }

  /** Null for a parameter, or for what no name is. */
  private @Nullable String name(int index) {
    String term = index < terms.size() ? terms.get(index) : "";
    int length = term.length();
    char first = length == 0 ? 0 : term.charAt(0);
    if (length > 2 && (first == '"' || first == '\'' || first == '`' || first == '[')) {
      return term.substring(1, length - 1);
    }
    if (first == '[' && index + 2 < terms.size() && terms.get(index + 2).equals("]")) {
      return terms.get(index + 1);
    }
    if (!Character.isLetter(first) && first != '_') {
      return null;
    }
    return dialect == SqlDialect.POSTGRESQL ? term.toLowerCase(Locale.ROOT) : term;
  }
}
