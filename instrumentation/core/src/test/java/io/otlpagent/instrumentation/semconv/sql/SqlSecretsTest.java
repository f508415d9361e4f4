package io.otlpagent.instrumentation.semconv.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words that grammars of databases take for secrets, without quotes or in those of names. */
final class SqlSecretsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        // SAP HANA
        "CONNECT bob PASSWORD zqSecret1",
        "VALIDATE USER bob PASSWORD zqSecret1",
        "EXPORT ALL AS BINARY INTO 'dir' WITH ENCRYPTION PASSWORD zqSecret1",
        "IMPORT ALL FROM 'dir' WITH ENCRYPTION PASSWORD zqSecret1",
        "RECOVER DATA USING FILE ('x') ENCRYPTION PASSWORD zqSecret1 CLEAR LOG",
        "ALTER USER bob PASSWORD \"zqSecret1\"",
        "CREATE USER bob PASSWORD zqSecret1 NO FORCE_FIRST_PASSWORD_CHANGE",
        "BACKUP DATA USING FILE ('x') ENCRYPTION PASSWORD zqSecret1",
        // Oracle, DM
        "CREATE USER bob IDENTIFIED BY zqSecret1",
        "ALTER USER bob IDENTIFIED BY zqSecret1 REPLACE zqSecret1",
        "ALTER USER bob IDENTIFIED BY VALUES zqSecret1",
        "GRANT CONNECT TO bob IDENTIFIED BY zqSecret1",
        "SET ROLE admin IDENTIFIED BY zqSecret1",
        "CREATE DATABASE LINK l CONNECT TO bob IDENTIFIED BY zqSecret1 USING 'x'",
        "CREATE LINK l CONNECT WITH bob IDENTIFIED BY zqSecret1 USING 'x'",
        "ADMINISTER KEY MANAGEMENT SET KEYSTORE OPEN IDENTIFIED BY zqSecret1",
        "ALTER SYSTEM SET ENCRYPTION KEY IDENTIFIED BY zqSecret1",
        "CONNECT bob/zqSecret1@db",
        // DB2, Informix
        "CONNECT TO shop USER bob USING zqSecret1",
        "CONNECT TO shop USER bob USING zqSecret1 NEW zqSecret1 CONFIRM zqSecret1",
        "ATTACH TO node USER bob USING zqSecret1",
        "SET ENCRYPTION PASSWORD = zqSecret1",
        "SET ENCRYPTION PASSWORD zqSecret1",
        // SQL Server, Sybase
        "CREATE LOGIN bob WITH PASSWORD = zqSecret1",
        "CREATE LOGIN bob WITH PASSWORD zqSecret1",
        "ALTER LOGIN bob MODIFY PASSWORD IMMEDIATELY zqSecret1",
        "EXEC sp_password zqSecret1, zqSecret1, bob",
        "EXEC sp_addlogin bob, zqSecret1",
        "BACKUP DATABASE shop TO DISK = 'x' WITH MEDIAPASSWORD = zqSecret1",
        // Teradata, Firebird, Vertica, Exasol, MonetDB
        "CREATE USER bob AS PERM = 0 PASSWORD = zqSecret1",
        "MODIFY USER bob AS PASSWORD = (zqSecret1)",
        "CONNECT 'db' USER 'bob' PASSWORD zqSecret1",
        "CONNECT TO VERTICA shop USER bob PASSWORD zqSecret1 ON 'h', 5433",
        "IMPORT INTO t FROM JDBC AT 'x' USER 'bob' IDENTIFIED BY zqSecret1",
        "ALTER USER SET PASSWORD zqSecret1 USING OLD PASSWORD zqSecret1",
        // MySQL, PostgreSQL
        "SET PASSWORD FOR bob = zqSecret1",
        "CREATE USER bob IDENTIFIED WITH plugin USING zqSecret1",
        "CHANGE MASTER TO MASTER_USER = bob, MASTER_PASSWORD = zqSecret1",
        "CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD = zqSecret1",
        "START SLAVE USER = bob PASSWORD = zqSecret1",
        "CREATE ROLE bob LOGIN ENCRYPTED PASSWORD zqSecret1",
        "CREATE USER MAPPING FOR bob SERVER s OPTIONS (password zqSecret1)",
        // Redshift, Snowflake, DuckDB
        "COPY t FROM 's3' ACCESS_KEY_ID zqSecret1 SECRET_ACCESS_KEY zqSecret1",
        "UNLOAD ('SELECT 1') TO 's3' CREDENTIALS zqSecret1",
        "CREATE STAGE s CREDENTIALS = (AWS_KEY_ID = zqSecret1 AWS_SECRET_KEY = zqSecret1)",
        "CREATE SECRET s (TYPE s3, SECRET = zqSecret1)",
        "ATTACH 'x' AS y (ENCRYPTION_KEY zqSecret1)",
        // SQLite
        "ATTACH DATABASE 'x' AS y KEY zqSecret1",
        "PRAGMA key = zqSecret1",
        "PRAGMA rekey(zqSecret1)",
        "PRAGMA y.hexkey = \"zqSecret1\"",
      })
  void secretIsNotShown(String sql) {
    for (SqlDialect dialect : SqlDialect.values()) {
      assertThat(SqlQuery.of(sql, dialect).text()).as(dialect.name()).doesNotContain("zqSecret1");
      assertThat(SqlQuery.of(sql + "; " + sql, dialect).text()).doesNotContain("zqSecret1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void columnsAndOptionsAreShown(SqlDialect dialect) {
    for (String sql :
        new String[] {
          "SELECT password, token FROM users WHERE password = hash",
          "UPDATE users SET password = hash, secret = other",
          "INSERT INTO users (password, api_key) SELECT password, api_key FROM old_users",
          "CREATE TABLE users (id INT, password VARCHAR, secret TEXT, token TEXT)",
          "ALTER TABLE users ADD COLUMN password VARCHAR",
          "CREATE INDEX by_token ON users (token, password)",
          "ALTER USER bob PASSWORD EXPIRE",
          "DROP USER bob",
        }) {
      assertThat(SqlQuery.of(sql, dialect).text()).isEqualTo(sql);
    }
  }
}
