package com.example.shop;

import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Calls the inventory over HTTP: reads through {@code java.net.http.HttpClient}, writes through
 * {@code HttpURLConnection}, so that the demo shows both clients of the JDK.
 */
@Component
class InventoryClient {

  private final ServletWebServerApplicationContext server;
  private final RestClient reader;
  private final RestClient writer;

  InventoryClient(ServletWebServerApplicationContext server, RestClient.Builder builder) {
    this.server = server;
    this.reader = builder.clone().requestFactory(new JdkClientHttpRequestFactory()).build();
    this.writer = builder.clone().requestFactory(new SimpleClientHttpRequestFactory()).build();
  }

  int pieces(long productId) {
    Integer pieces =
        reader.get().uri(base() + "/stock/" + productId).retrieve().body(Integer.class);
    return pieces == null ? 0 : pieces;
  }

  void reserve(long productId, int pieces) {
    writer
        .post()
        .uri(base() + "/stock/" + productId + "/reservations?pieces=" + pieces)
        .retrieve()
        .toBodilessEntity();
  }

  private String base() {
    return "http://127.0.0.1:" + server.getWebServer().getPort();
  }
}
