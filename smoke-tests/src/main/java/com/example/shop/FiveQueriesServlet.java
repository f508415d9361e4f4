package com.example.shop;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Five short queries a request and hardly anything else: what the overhead benchmark loads. */
final class FiveQueriesServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient DataSource database;

  FiveQueriesServlet(DataSource database) {
    this.database = database;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int pieces = 0;
    try (Connection connection = database.getConnection()) {
      for (int productId = 1; productId <= 5; productId++) {
        pieces += pieces(connection, productId);
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
    byte[] body = Integer.toString(pieces).getBytes(StandardCharsets.US_ASCII);
    response.setContentType("text/plain");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static int pieces(Connection connection, int productId) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT pieces FROM stock WHERE product_id = ?")) {
      query.setInt(1, productId);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? rows.getInt(1) : 0;
      }
    }
  }
}
