package com.example.shop;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Whether the shop takes requests; it asks nobody else, so a database that is away restarts
 * nothing.
 */
@RestController
class HealthController {

  /** The answer of Spring Boot's own health endpoint. */
  record Health(String status) {}

  @GetMapping("/health")
  Health health() {
    return new Health("UP");
  }
}
