package io.otlpagent.instrumentation.semconv.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages of databases that no test starts, and values that look like parts of a message. */
final class SqlErrorTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "no value at all | no value at all",
        "Duplicate entry 'bob' for key 'u.name' | Duplicate entry ? for key ?",
        "Duplicate entry 'O'Brien' for key 'k' | Duplicate entry ? for key ?",
        "Duplicate entry 'a' for bob's 'b' for key 'k' | Duplicate entry ? for key ?",
        "Table 'shop.item' doesn't exist | Table ? doesn't exist",
        "syntax to use near 'a='secret' at line 1 | syntax to use near ?",
        "syntax to use near ''x' AND b='secret'' at line 1 | syntax to use near ? at line 1",
        "(conn=4) Access denied for user 'bob'@'host' (using password: YES)"
            + " | (conn=?) Access denied for user ?@? (using password: YES)",
        "Key (a, b)=(x), (y, 2) is not present in table \"t\"."
            + " | Key (a, b)=(?) is not present in table ?.",
        "Failing row contains (1, bob, null). | Failing row contains (?).",
        "Violation of UNIQUE KEY constraint 'U'. Cannot insert duplicate key in object 'dbo.t'. The"
            + " duplicate key value is (bob). | Violation of UNIQUE KEY constraint ?. Cannot insert"
            + " duplicate key in object ?. The duplicate key value is (?).",
        "Conversion failed when converting the varchar value 'bob' to data type int."
            + " | Conversion failed when converting the varchar value ? to data type int.",
        "ORA-00001: unique constraint (S.U) violated | ORA-00001: unique constraint (S.U) violated",
        "ORA-12899: value too large for column \"S\".\"T\".\"C\" (actual: 6, maximum: 3)"
            + " | ORA-12899: value too large for column ?.?.? (actual: ?, maximum: ?)",
        "DB2 SQL Error: SQLCODE=-803, SQLSTATE=23505, SQLERRMC=2;S.T;bob x, DRIVER=4.1"
            + " | DB2 SQL Error: SQLCODE=-803, SQLSTATE=23505, SQLERRMC=?, DRIVER=?",
        "Duplicate key during INSERT [key=bob] | Duplicate key during INSERT [key=?]",
        "No suitable driver found for jdbc:mysql://root:pw@h/d?password=x"
            + " | No suitable driver found for jdbc:mysql:?",
        "Connection to http://bob:pw@host/ refused | Connection to http://? refused",
        "mail bob@example.com at 2024-01-05T10:11:12 and 1,5 or -7" + " | mail ? at ? and ? or -?",
        "unclosed 'secret and more | unclosed ?",
        "no such column: secret | no such column: ?",
        "no such column: name | no such column: name",
        "failed [23505-240] and 1062 | failed [23505-240] and 1062",
      })
  void valuesAreMasked(String text, String shown) {
    assertThat(
            SqlErrorText.mask(text, Arrays.asList("23505", "1062"), "SELECT name FROM t WHERE a=?"))
        .isEqualTo(shown);
  }

  @Test
  void longTextOfNothingButDelimitersIsMaskedOnce() {
    String quotes = new String(new char[8192]).replace('\0', '\'');

    assertThat(SqlErrorText.mask(quotes, Collections.emptyList(), "")).isEqualTo("?");
  }
}
