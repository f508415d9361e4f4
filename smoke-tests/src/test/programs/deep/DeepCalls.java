import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Asks a database for the first time where the stack ends, again and again on the way back until it
 * is answered, and then five times more as every program does.
 */
public class DeepCalls {

  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:deep")) {
      try (Statement statement = connection.createStatement()) {
        // Loads the driver's classes; what is measured is the first query.
        statement.execute("create table t (id int primary key)");
        statement.execute("insert into t values (7)");
        // A class of the driver that overflows in its initializer is lost, with an agent or without.
        statement.execute("select id from t where id = 7");
      }
      System.out.println("deep " + deep(connection));
      for (int i = 0; i < 5; i++) {
        System.out.println(ask(connection, "select id from t where id > 0"));
      }
    }
  }

  private static int deep(Connection connection) {
    int answer;
    try {
      answer = deep(connection);
    } catch (StackOverflowError e) {
      answer = 0;
    }
    if (answer == 0) {
      try {
        answer = ask(connection, "select id from t");
      } catch (StackOverflowError | SQLException e) {
        answer = 0;
      }
    }
    return answer;
  }

  private static int ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
