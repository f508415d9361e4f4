package io.otlpagent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.semconv.db.DbInfo;
import io.otlpagent.instrumentation.semconv.db.DbSystem;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JdbcUrlsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      nullValues = "-",
      value = {
        "jdbc:postgresql://db.example.com/shop             # postgresql # shop # db.example.com # -1",
        "jdbc:postgresql://db:5432/shop?currentSchema=a,b  # postgresql # shop|a # db # -1",
        "jdbc:postgresql://db:5433/shop?user=u&password=p  # postgresql # shop # db # 5433",
        "jdbc:postgresql://a:1,b:2/shop                    # postgresql # shop # a # 1",
        "jdbc:postgresql://[::1]:5433/shop                 # postgresql # shop # ::1 # 5433",
        "jdbc:postgresql:shop                              # postgresql # shop # localhost # -1",
        "jdbc:postgresql://db/?user=u                      # postgresql # u # db # -1",
        "jdbc:pgsql://db/shop                              # postgresql # shop # db # -1",
        "jdbc:mysql://db:3306/shop?useSSL=false            # mysql # shop # db # -1",
        "jdbc:mysql://u:p@db:3307/shop                     # mysql # shop # db # 3307",
        "jdbc:mysql://u:p/w@db:3307/shop                   # mysql # shop # db # 3307",
        "jdbc:mysql:replication://a:3307,b/shop            # mysql # shop # a # 3307",
        "jdbc:mysql://(host=a,port=3307),(host=b)/shop     # mysql # shop # a # 3307",
        "jdbc:mysql://address=(host=a)(port=3307)/shop     # mysql # shop # a # 3307",
        "jdbc:mysql:///shop                                # mysql # shop # localhost # -1",
        "jdbc:mysql+srv://db/shop                          # mysql # shop # db # -1",
        "jdbc:mariadb:loadbalance://a:3307,b:3308/shop     # mariadb # shop # a # 3307",
        "jdbc:sqlserver://db:1433;databaseName=shop        # microsoft.sql_server # shop # db # -1",
        "jdbc:sqlserver://db\\sql1:1434;database=shop;user=u # microsoft.sql_server # sql1|shop # db # 1434",
        "jdbc:sqlserver://;serverName=db;instanceName=i;databaseName={sh;op} # microsoft.sql_server # i|sh;op # db # -1",
        "jdbc:jtds:sqlserver://db:1433/shop;instance=i     # microsoft.sql_server # i|shop # db # -1",
        "jdbc:jtds:sybase://db:5000/shop                   # sybase # shop # db # -1",
        "jdbc:microsoft:sqlserver://db:1433;DatabaseName=s # microsoft.sql_server # s # db # -1",
        "jdbc:datadirect:oracle://db:1522;ServiceName=o;User=u # oracle.db # - # db # 1522",
        "jdbc:datadirect:sqlserver://db:1433;DatabaseName=s # microsoft.sql_server # s # db # -1",
        "jdbc:datadirect:db2://db:50001;DatabaseName=shop  # ibm.db2 # shop # db # 50001",
        "jdbc:datadirect:postgresql://db:5433;DatabaseName=s # postgresql # s # db # 5433",
        "jdbc:datadirect:mysql://db:3307;DatabaseName=shop # mysql # shop # db # 3307",
        "jdbc:tibcosoftware:sqlserver://db:1434;databaseName=s # microsoft.sql_server # s # db # 1434",
        "jdbc:tibcosoftware:oracle://db:1521;SID=o         # oracle.db # - # db # -1",
        "jdbc:aws-dsql:postgresql://c.dsql.eu.on.aws/shop  # postgresql # shop # c.dsql.eu.on.aws # -1",
        "jdbc:polardb://db:1521/shop?user=u                # polardb # shop # db # -1",
        "jdbc:polardb://db:1522/shop?currentSchema=s       # polardb # shop|s # db # 1522",
        "jdbc:lindorm:table:url=http://db:30060;database=s # lindorm # s # db # 30060",
        "jdbc:lindorm:tsdb:url=http://db:8242              # lindorm # - # db # 8242",
        "jdbc:oracle:thin:@db:1521:orcl                    # oracle.db # - # db # -1",
        "jdbc:oracle:thin:@//db:1522/service               # oracle.db # - # db # 1522",
        "jdbc:oracle:thin:scott/ti@ger@db:1522/service     # oracle.db # - # db # 1522",
        "jdbc:oracle:thin:@tcps://db:2484/service?x=y      # oracle.db # - # db # 2484",
        "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=1522))(CONNECT_DATA=(SID=s))) # oracle.db # - # db # 1522",
        "jdbc:oracle:thin:@alias                           # oracle.db # - # - # -1",
        "jdbc:oracle:thin:@ldap://dir:389/x,cn=y           # oracle.db # - # - # -1",
        "jdbc:oracle:oci8:@                                # oracle.db # - # - # -1",
        "jdbc:db2://db:50001/shop:user=u;password=p;       # ibm.db2 # shop # db # 50001",
        "jdbc:db2:shop                                     # ibm.db2 # shop # - # -1",
        "jdbc:as400://db/lib;user=u                        # ibm.db2 # lib # db # -1",
        "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1                # h2database # shop # - # -1",
        "jdbc:h2:mem:                                      # h2database # - # - # -1",
        "jdbc:h2:file:/data/shop;MODE=MySQL                # h2database # shop # - # -1",
        "jdbc:h2:~/shop                                    # h2database # shop # - # -1",
        "jdbc:h2:tcp://db:9093/~/shop                      # h2database # shop # db # 9093",
        "jdbc:h2:ssl://[fe80::1]/mem:shop                  # h2database # shop # fe80::1 # -1",
        "jdbc:hsqldb:mem:shop                              # hsqldb # shop # - # -1",
        "jdbc:hsqldb:hsql://db:9002/shop;ifexists=true     # hsqldb # shop # db # 9002",
        "jdbc:hsqldb:file:/data/shop;shutdown=true         # hsqldb # shop # - # -1",
        "jdbc:derby:memory:shop;create=true                # derby # shop # - # -1",
        "jdbc:derby:/data/shop                             # derby # shop # - # -1",
        "jdbc:derby:;databaseName=shop                     # derby # shop # - # -1",
        "jdbc:derby://db:1528/shop;create=true             # derby # shop # db # 1528",
        "jdbc:sqlite:/data/shop.db?cache=shared            # sqlite # shop.db # - # -1",
        "jdbc:sqlite::memory:                              # sqlite # :memory: # - # -1",
        "jdbc:sqlite:                                      # sqlite # - # - # -1",
        "jdbc:clickhouse://db:8123/shop                    # clickhouse # shop # db # -1",
        "jdbc:ch:https://db:8443/shop?ssl=true             # clickhouse # shop # db # 8443",
        "jdbc:redshift://db:5439/shop                      # aws.redshift # shop # db # -1",
        "jdbc:sap://db:30015/?databaseName=shop            # sap.hana # shop # db # 30015",
        "jdbc:informix-sqli://db:9088/shop:INFORMIXSERVER=s # ibm.informix # shop # db # -1",
        "jdbc:netezza://db/shop                            # ibm.netezza # shop # db # -1",
        "jdbc:trino://db:443/hive/default                  # trino # hive|default # db # 443",
        "jdbc:hive2://a:10001,b/shop;principal=x           # hive # shop # a # 10001",
        "jdbc:teradata://db/DATABASE=shop,DBS_PORT=1026    # teradata # shop # db # 1026",
        "jdbc:firebirdsql://db:3051/data/shop.fdb          # firebirdsql # shop.fdb # db # 3051",
        "jdbc:cloudspanner:/projects/p/instances/i/databases/shop # gcp.spanner # shop # - # -1",
        "jdbc:snowflake://acc.snowflakecomputing.com/?db=shop&schema=s # snowflake # shop|s # acc.snowflakecomputing.com # -1",
        "jdbc:IRIS://db:1973/USER                          # intersystems.cache # USER # db # 1973",
        "jdbc:exa:db:8564;schema=shop                      # exasol # shop # db # 8564",
        "jdbc:sybase:Tds:db:5001/shop                      # sybase # shop # db # 5001",
        "jdbc:duckdb:/data/shop.duckdb                     # duckdb # shop.duckdb # - # -1",
        "jdbc:vertica://db:5433/shop                       # vertica # shop # db # -1",
        "jdbc:p6spy:h2:mem:shop                            # h2database # shop # - # -1",
        "jdbc:otel:postgresql://db/shop                    # postgresql # shop # db # -1",
        "jdbc:tracing:p6spy:mysql://db/shop                # mysql # shop # db # -1",
        "jdbc:aws-wrapper:postgresql://db/shop             # postgresql # shop # db # -1",
        "jdbc:tc:postgresql:16:///shop?TC_DAEMON=true      # postgresql # shop # localhost # -1",
        "jdbc-secretsmanager:mysql://db:3306/shop          # mysql # shop # db # -1",
        "jdbc:newdb://db:1234/shop                         # other_sql # shop # db # 1234",
      })
  void urlTellsTheDatabase(String url, String system, String namespace, String address, int port) {
    DbInfo info = JdbcUrls.info(url, null);

    assertThat(info.systemName()).isEqualTo(system);
    assertThat(info.namespace()).isEqualTo(namespace);
    assertThat(info.serverAddress()).isEqualTo(address);
    assertThat(info.serverPort()).isEqualTo(port);
  }

  @Test
  void propertiesCompleteTheUrl() {
    Properties properties = new Properties();
    properties.setProperty("currentSchema", "billing");
    properties.setProperty("databaseName", "shop");

    assertThat(JdbcUrls.info("jdbc:postgresql://db/shop", properties).namespace())
        .isEqualTo("shop|billing");
    assertThat(JdbcUrls.info("jdbc:sqlserver://db", properties).namespace()).isEqualTo("shop");
  }

  @Test
  void sameDatabaseIsTheSameObject() {
    assertThat(JdbcUrls.info("jdbc:postgresql://db/shop?user=a", null))
        .isSameAs(JdbcUrls.info("jdbc:postgresql://db:5432/shop?user=b&password=c", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "jdbc:",
        "jdbc:x",
        "jdbc::",
        ":",
        "jdbc:postgresql",
        "jdbc:postgresql:",
        "jdbc:postgresql://[",
        "jdbc:mysql://(host=",
        "jdbc:sqlserver://\\",
        "jdbc:oracle:thin:@(",
        "jdbc:jtds",
        "jdbc:jtds:",
        "jdbc:h2:tcp://",
        "jdbc:sqlite",
        "jdbc:p6spy:",
        "\uD800",
        "jdbc:exa:",
        "jdbc:db2://:::",
        "jdbc:sqlserver://h;databaseName={",
        "jdbc:ch:http://",
      })
  void brokenUrlIsNoError(String url) {
    assertThat(JdbcUrls.info(url, null)).isNotNull();
  }

  @Test
  void manyDatabasesAreToldApart() {
    for (int i = 0; i < 3000; i++) {
      assertThat(JdbcUrls.info("jdbc:h2:mem:tenant" + i, null).namespace()).isEqualTo("tenant" + i);
    }
  }

  @Test
  void absentUrlIsUnknown() {
    assertThat(JdbcUrls.info(null, null)).isSameAs(DbInfo.UNKNOWN);
    assertThat(DbInfo.UNKNOWN.systemName()).isEqualTo("other_sql");
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, 23505, 0, 23505",
    "MYSQL, 23000, 1062, 1062",
    "MARIADB, 23000, 1062, 1062",
    "SQL_SERVER, S0001, 102, 102",
    "ORACLE, 72000, 1017, ORA-01017",
    "H2, 23505, 23505, 23505",
    "HSQLDB, 23505, -104, 23505",
    "OTHER, 42000, 1071, 42000/1071",
    "OTHER, 42000, 0, 42000",
    "OTHER, , 1071, 1071",
    "OTHER, , 0, ",
  })
  void errorCodeIsTheOneOfTheSystem(DbSystem system, String state, int vendor, String code) {
    assertThat(system.errors().code(state, vendor)).isEqualTo(code);
  }
}
