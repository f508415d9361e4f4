import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbc.JdbcPreparedStatement;
import org.h2.jdbcx.JdbcDataSource;
import org.mockito.InOrder;
import org.mockito.MockMakers;
import org.mockito.MockSettings;

/** Mocks and spies of all kinds in front of JDBC; prints each call that a spy was given. */
public class MocksDatabases {
  private static final String SQL = "select 1";

  private static String maker;

  private interface Test {
    void run() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    System.setProperty("derby.stream.error.field", "java.lang.System.err");
    // In place comes last: from then on the JVM is prepared for it.
    maker = MockMakers.PROXY;
    run("interfaces", MocksDatabases::interfaces);
    maker = MockMakers.SUBCLASS;
    all();
    maker = MockMakers.INLINE;
    all();
    run("driver", MocksDatabases::driver);
    run("spy of the driver", MocksDatabases::spyOfDriver);
  }

  private static void all() {
    run("pool", MocksDatabases::pool);
    run("interfaces", MocksDatabases::interfaces);
    run("failure", MocksDatabases::failure);
    run("spy", MocksDatabases::spy);
  }

  private static void run(String name, Test test) {
    try {
      test.run();
      System.out.println(maker + ": " + name + " ok");
    } catch (Throwable e) {
      System.out.println(maker + ": " + name + " " + e);
    }
  }

  private static <T> T mocked(Class<T> type) {
    return mock(type, withSettings().mockMaker(maker));
  }

  private static <T> T spied(T real) {
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) real.getClass();
    MockSettings settings = withSettings().mockMaker(maker).spiedInstance(real);
    return mock(type, settings.defaultAnswer(CALLS_REAL_METHODS));
  }

  private static void pool() throws Exception {
    HikariDataSource pool = mocked(HikariDataSource.class);
    Connection connection = mocked(Connection.class);
    when(pool.getConnection()).thenReturn(connection);

    pool.getConnection().close();
    pool.getConnection("user", "password");

    verify(pool).getConnection();
    verify(pool).getConnection("user", "password");
    verify(connection).close();
    verifyNoMoreInteractions(pool, connection);
  }

  private static void interfaces() throws Exception {
    DataSource source = mocked(DataSource.class);
    Connection connection = mocked(Connection.class);
    PreparedStatement prepared = mocked(PreparedStatement.class);
    Statement statement = mocked(Statement.class);
    ResultSet rows = mocked(ResultSet.class);
    when(source.getConnection()).thenReturn(connection);
    when(connection.prepareStatement(SQL)).thenReturn(prepared);
    when(connection.createStatement()).thenReturn(statement);
    when(prepared.executeQuery()).thenReturn(rows);

    Connection got = source.getConnection();
    got.prepareStatement(SQL);
    prepared.setString(1, "x");
    prepared.executeQuery();
    prepared.addBatch();
    prepared.executeBatch();
    prepared.close();
    got.createStatement().executeUpdate("use other");
    got.setCatalog("catalog");
    got.setSchema("schema");
    got.commit();
    got.close();

    InOrder order = inOrder(source, connection, prepared, statement);
    order.verify(source).getConnection();
    order.verify(connection).prepareStatement(SQL);
    order.verify(prepared).setString(1, "x");
    order.verify(prepared).executeQuery();
    order.verify(prepared).addBatch();
    order.verify(prepared).executeBatch();
    order.verify(prepared).close();
    order.verify(connection).createStatement();
    order.verify(statement).executeUpdate("use other");
    order.verify(connection).setCatalog("catalog");
    order.verify(connection).setSchema("schema");
    order.verify(connection).commit();
    order.verify(connection).close();
    verifyNoMoreInteractions(source, connection, prepared, statement, rows);
  }

  private static void failure() throws Exception {
    PreparedStatement prepared = mocked(PreparedStatement.class);
    SQLException failure = mocked(SQLException.class);
    when(prepared.executeQuery()).thenThrow(failure);

    try {
      prepared.executeQuery();
    } catch (SQLException e) {
      System.out.println("thrown: " + (e == failure));
    }

    verify(prepared).executeQuery();
    verifyNoMoreInteractions(prepared);
  }

  private static void spy() throws Exception {
    EmbeddedDataSource real = new EmbeddedDataSource();
    real.setDatabaseName("memory:spied");
    real.setCreateDatabase("create");
    EmbeddedDataSource source = spied(real);

    use(source, "values 1");

    print(source);
  }

  private static void driver() throws Exception {
    JdbcDataSource source = mocked(JdbcDataSource.class);
    JdbcConnection connection = mocked(JdbcConnection.class);
    JdbcPreparedStatement prepared = mocked(JdbcPreparedStatement.class);
    when(source.getConnection()).thenReturn(connection);
    when(connection.prepareStatement(SQL)).thenReturn(prepared);

    source.getConnection().prepareStatement(SQL).executeQuery();
    connection.close();

    verify(source).getConnection();
    verify(connection).prepareStatement(SQL);
    verify(prepared).executeQuery();
    verify(connection).close();
    verifyNoMoreInteractions(source, connection, prepared);
  }

  private static void spyOfDriver() throws Exception {
    JdbcDataSource real = new JdbcDataSource();
    real.setURL("jdbc:h2:mem:spied");
    JdbcDataSource source = spied(real);
    Connection connection = spied(real.getConnection());

    use(source, SQL);
    try (Statement statement = connection.createStatement()) {
      statement.execute(SQL);
    }

    print(source);
    print(connection);
  }

  private static void use(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void print(Object mock) {
    mockingDetails(mock).getInvocations().stream()
        .map(invocation -> invocation.getMethod().getName())
        .forEach(System.out::println);
  }
}
