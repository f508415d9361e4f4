package com.example.shop;

import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.HttpClientErrorException;

/** Takes orders. Reserves the pieces at the inventory over HTTP, then writes the order down. */
@RestController
class OrderController {

  private final JdbcTemplate database;
  private final InventoryClient inventory;

  OrderController(JdbcTemplate database, InventoryClient inventory) {
    this.database = database;
    this.inventory = inventory;
  }

  @PostMapping("/orders/{productId}")
  @ResponseStatus(HttpStatus.CREATED)
  @Transactional
  void order(
      @PathVariable("productId") long productId,
      @RequestParam(name = "pieces", defaultValue = "1") int pieces) {
    inventory.reserve(productId, pieces);
    database.update("INSERT INTO orders (product_id, pieces) VALUES (?, ?)", productId, pieces);
  }

  /** The inventory has fewer pieces than were ordered. */
  @ExceptionHandler(HttpClientErrorException.Conflict.class)
  @ResponseStatus(HttpStatus.CONFLICT)
  void soldOut() {}
}
