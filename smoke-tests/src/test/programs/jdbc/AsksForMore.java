import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/** A transaction with a parameter, and a query that prints its own text as the database has it. */
public class AsksForMore {
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:more");
        Statement statement = connection.createStatement()) {
      statement.execute("create table t (id int primary key, name varchar(9))");
      connection.setAutoCommit(false);
      try (PreparedStatement insert = connection.prepareStatement("insert into t values (?, ?)")) {
        insert.setInt(1, 1);
        insert.setString(2, "one");
        insert.executeUpdate();
      }
      connection.commit();
      try (ResultSet rows =
          statement.executeQuery("select executing_statement from information_schema.sessions;")) {
        rows.next();
        System.out.println("received=" + rows.getString(1));
      }
    }
  }
}
