import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

/** A driver whose errors throw when they are asked, and a recursion that ends in the driver. */
public class ThrowsHostileErrors {
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:hostile")) {
      connection.createStatement().execute("create table t (id int primary key)");
      for (int i = 0; i < 30; i++) {
        for (Hostile hostile : Hostile.values()) {
          SQLException thrown = new HostileException(hostile);
          try {
            new HostileStatement(connection, thrown).execute("delete from t where id = " + i);
            System.out.println("nothing thrown");
          } catch (SQLException e) {
            System.out.println(hostile + " " + (e == thrown));
          }
        }
        overflow(connection);
      }
      try (ResultSet rows = connection.createStatement().executeQuery("select count(*) from t")) {
        rows.next();
        System.out.println("rows " + rows.getInt(1));
      }
    }
    System.exit(7);
  }

  private static void overflow(Connection connection) throws InterruptedException {
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                deeper(new HostileStatement(connection, null));
              } catch (StackOverflowError e) {
                System.out.println("overflow");
              } catch (SQLException e) {
                System.out.println("unexpected " + e);
              }
            },
            "deep",
            512 * 1024);
    thread.start();
    thread.join();
  }

  private static void deeper(HostileStatement statement) throws SQLException {
    statement.execute("select 1");
    deeper(statement);
  }

  private enum Hostile {
    STATE,
    CODE,
    MESSAGE,
    CAUSE,
    CIRCLE,
    OVERFLOW
  }

  private static final class HostileException extends SQLException {
    private final Hostile hostile;

    HostileException(Hostile hostile) {
      super("hostile", "42000", 7);
      this.hostile = hostile;
    }

    public String getSQLState() {
      return super.getSQLState() + fails(Hostile.STATE);
    }

    public int getErrorCode() {
      fails(Hostile.CODE);
      return super.getErrorCode();
    }

    public String getMessage() {
      return super.getMessage() + fails(Hostile.MESSAGE);
    }

    public synchronized Throwable getCause() {
      fails(Hostile.CAUSE);
      return hostile == Hostile.CIRCLE ? new RuntimeException(this) : null;
    }

    private String fails(Hostile where) {
      if (hostile == Hostile.OVERFLOW) {
        throw new StackOverflowError();
      }
      if (hostile == where) {
        throw new IllegalStateException("asked for " + where);
      }
      return "";
    }
  }

  private static final class HostileStatement implements Statement {
    private final Connection connection;
    private final SQLException thrown;

    HostileStatement(Connection connection, SQLException thrown) {
      this.connection = connection;
      this.thrown = thrown;
    }

    public boolean execute(String sql) throws SQLException {
      if (thrown != null) {
        throw thrown;
      }
      return false;
    }

    public ResultSet executeQuery(String a) {
      return null;
    }

    public int executeUpdate(String a) {
      return 0;
    }

    public void close() {}

    public int getMaxFieldSize() {
      return 0;
    }

    public void setMaxFieldSize(int a) {}

    public int getMaxRows() {
      return 0;
    }

    public void setMaxRows(int a) {}

    public void setEscapeProcessing(boolean a) {}

    public int getQueryTimeout() {
      return 0;
    }

    public void setQueryTimeout(int a) {}

    public void cancel() {}

    public SQLWarning getWarnings() {
      return null;
    }

    public void clearWarnings() {}

    public void setCursorName(String a) {}

    public ResultSet getResultSet() {
      return null;
    }

    public int getUpdateCount() {
      return 0;
    }

    public boolean getMoreResults() {
      return false;
    }

    public void setFetchDirection(int a) {}

    public int getFetchDirection() {
      return 0;
    }

    public void setFetchSize(int a) {}

    public int getFetchSize() {
      return 0;
    }

    public int getResultSetConcurrency() {
      return 0;
    }

    public int getResultSetType() {
      return 0;
    }

    public void addBatch(String a) {}

    public void clearBatch() {}

    public int[] executeBatch() {
      return null;
    }

    public Connection getConnection() {
      return connection;
    }

    public boolean getMoreResults(int a) {
      return false;
    }

    public ResultSet getGeneratedKeys() {
      return null;
    }

    public int executeUpdate(String a, int b) {
      return 0;
    }

    public int executeUpdate(String a, int[] b) {
      return 0;
    }

    public int executeUpdate(String a, String[] b) {
      return 0;
    }

    public boolean execute(String a, int b) {
      return false;
    }

    public boolean execute(String a, int[] b) {
      return false;
    }

    public boolean execute(String a, String[] b) {
      return false;
    }

    public int getResultSetHoldability() {
      return 0;
    }

    public boolean isClosed() {
      return false;
    }

    public void setPoolable(boolean a) {}

    public boolean isPoolable() {
      return false;
    }

    public void closeOnCompletion() {}

    public boolean isCloseOnCompletion() {
      return false;
    }

    public <T> T unwrap(Class<T> type) {
      return null;
    }

    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
