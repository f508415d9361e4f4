import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Properties;

/** What works, what fails, and everything that the exceptions of the driver say. */
public class FailsInJdbc {
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:x", new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute("create table t (id int primary key, name varchar(5))");
      try (PreparedStatement insert = connection.prepareStatement("insert into t values (?, ?)")) {
        insert.setInt(1, 1);
        insert.setString(2, "one");
        System.out.println(insert.executeUpdate());
        insert.setInt(1, 2);
        insert.addBatch();
        insert.setInt(1, 3);
        insert.addBatch();
        System.out.println(Arrays.toString(insert.executeBatch()));
        insert.setInt(1, 1);
        fails(insert::executeUpdate);
      }
      try (ResultSet rows = statement.executeQuery("select count(*) from t")) {
        rows.next();
        System.out.println(rows.getInt(1));
      }
      fails(() -> statement.executeQuery("select * from missing"));
      fails(() -> statement.executeUpdate("insert into t values (9, 'too long for it')"));
      fails(() -> connection.prepareStatement("no sql at all"));
      System.out.println(statement.unwrap(Statement.class) == statement);
    }
    fails(() -> DriverManager.getConnection("jdbc:h2:tcp://127.0.0.1:1/nobody"));
    fails(() -> DriverManager.getConnection("jdbc:nobody:knows"));
  }

  interface Call {
    Object run() throws SQLException;
  }

  private static void fails(Call call) {
    try {
      System.out.println("no exception: " + call.run());
    } catch (SQLException e) {
      System.out.println(e.getSQLState() + " " + e.getErrorCode() + " " + e.getNextException());
      e.printStackTrace();
    }
  }
}
