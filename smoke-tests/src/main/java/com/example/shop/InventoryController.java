package com.example.shop;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What is in stock: the second service of the shop, called by the others over HTTP. */
@RestController
class InventoryController {

  private final JdbcTemplate database;

  InventoryController(JdbcTemplate database) {
    this.database = database;
  }

  @GetMapping("/stock/{productId}")
  int pieces(@PathVariable("productId") long productId) {
    Integer pieces =
        database.queryForObject(
            "SELECT pieces FROM stock WHERE product_id = ?", Integer.class, productId);
    return pieces == null ? 0 : pieces;
  }

  @PostMapping("/stock/{productId}/reservations")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void reserve(@PathVariable("productId") long productId, @RequestParam("pieces") int pieces) {
    database.update("UPDATE stock SET pieces = pieces - ? WHERE product_id = ?", pieces, productId);
  }

  /** The database refuses a stock below zero. */
  @ExceptionHandler(DataIntegrityViolationException.class)
  @ResponseStatus(HttpStatus.CONFLICT)
  void soldOut() {}
}
