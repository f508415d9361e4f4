package io.otlpagent.agent.export.otlp;

/**
 * Reads the members of JSON objects that we care for and skips the others. Text that is no JSON
 * ends the object early: what a collector says about a success must not fail it.
 */
public final class JsonReader {

  private final String json;
  private int at;
  private String name = "";

  public JsonReader(String json) {
    this.json = json;
  }

  /** Enters the object that comes next; false, and it is still to be read, if it is none. */
  public boolean enter() {
    if (peek() != '{') {
      return false;
    }
    at++;
    return true;
  }

  /**
   * Goes to the next member, whose value is then to be read, entered or skipped; false at the end
   * of the object, which is left.
   */
  public boolean next() {
    char c = peek();
    if (c == ',') {
      at++;
      c = peek();
    }
    if (c != '"') {
      at++;
      return false;
    }
    name = string();
    if (peek() != ':') {
      return false;
    }
    at++;
    return true;
  }

  /** Of the current member. */
  public String name() {
    return name;
  }

  /** A string, or a number as it is written; empty for null and for what is neither. */
  public String text() {
    char c = peek();
    if (c == '"') {
      return string();
    }
    int start = at;
    skip();
    String literal = c == '{' || c == '[' ? "" : json.substring(start, at);
    return literal.equals("null") ? "" : literal;
  }

  /** A number, or one in a string; 0 if it is none. */
  public long number() {
    String text = text();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return decimal(text);
    }
  }

  /** JSON may write an integer as 3.0 or 3e2. */
  private static long decimal(String text) {
    try {
      return (long) Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Skips a value, without recursion: a stranger may have nested it deeply. */
  public void skip() {
    int depth = 0;
    do {
      char c = peek();
      if (c == '"') {
        string();
      } else if (c == '{' || c == '[') {
        depth++;
        at++;
      } else if (c == '}' || c == ']') {
        depth--;
        at++;
      } else if (c == ',' || c == ':') {
        at++;
      } else {
        literal();
      }
    } while (depth > 0 && at < json.length());
  }

  private void literal() {
    do {
      at++;
    } while (at < json.length() && ",:]} \t\r\n\"".indexOf(json.charAt(at)) < 0);
    at = Math.min(at, json.length());
  }

  /** The next character that is no white space; 0 at the end. */
  private char peek() {
    while (at < json.length() && json.charAt(at) <= ' ') {
      at++;
    }
    return at < json.length() ? json.charAt(at) : 0;
  }

  /** From the opening quote to beyond the closing one, or to the end if there is none. */
  private String string() {
    StringBuilder text = new StringBuilder();
    at++;
    while (at < json.length()) {
      char c = json.charAt(at++);
      if (c == '"') {
        break;
      }
      text.append(c == '\\' ? escaped() : c);
    }
    return text.toString();
  }

  private char escaped() {
    char c = at < json.length() ? json.charAt(at++) : ' ';
    switch (c) {
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'u':
        return unicode();
      default:
        return c;
    }
  }

  private char unicode() {
    if (at + 4 > json.length()) {
      at = json.length();
      return '?';
    }
    String digits = json.substring(at, at + 4);
    at += 4;
    try {
      return (char) Integer.parseInt(digits, 16);
    } catch (NumberFormatException e) {
      return '?';
    }
  }
}
