package com.example.shop;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What there is to buy. Asks the inventory over HTTP how much is left. */
@RestController
class CatalogController {

  /** A product with what is left of it. */
  record Offer(Product product, int pieces) {}

  private static final RowMapper<Product> PRODUCT =
      (row, index) ->
          new Product(row.getLong("id"), row.getString("name"), row.getBigDecimal("price"));

  private final JdbcTemplate database;
  private final InventoryClient inventory;

  CatalogController(JdbcTemplate database, InventoryClient inventory) {
    this.database = database;
    this.inventory = inventory;
  }

  @GetMapping("/products")
  List<Product> products() {
    return database.query("SELECT id, name, price FROM products ORDER BY name", PRODUCT);
  }

  @GetMapping("/products/{id}")
  Offer product(@PathVariable("id") long id) {
    Product product =
        database.query("SELECT id, name, price FROM products WHERE id = ?", PRODUCT, id).stream()
            .findFirst()
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    return new Offer(product, inventory.pieces(id));
  }

  /** Always fails: nobody has made the table. */
  @GetMapping("/reports/daily")
  List<Product> dailyReport() {
    return database.query("SELECT id, name, price FROM daily_sales", PRODUCT);
  }
}
