package com.example.shop;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The shop's own traffic: a few requests a second, from one thread. They go through a plain socket,
 * as if they came from outside: a trace begins at the server.
 */
@Component
class Visitors implements DisposableBean {

  private static final String[] VISITS = {
    "GET /products",
    "GET /products/1",
    "GET /products/2",
    "POST /orders/2?pieces=3",
    "GET /products/3",
    "POST /orders/5?pieces=1",
    "GET /products",
    "GET /products/4711",
    "POST /orders/1",
    "GET /reports/daily",
  };

  private final int perSecond;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "visitors");
            thread.setDaemon(true);
            return thread;
          });

  private int port;
  private int next;

  Visitors(@Value("${shop.visits-per-second}") int perSecond) {
    this.perSecond = perSecond;
  }

  @EventListener
  void open(ServletWebServerInitializedEvent event) {
    if (perSecond > 0) {
      port = event.getWebServer().getPort();
      ScheduledFuture<?> unused =
          timer.scheduleAtFixedRate(this::visit, 1000, 1000 / perSecond, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void destroy() {
    timer.shutdownNow();
  }

  private void visit() {
    String request =
        VISITS[next++ % VISITS.length]
            + " HTTP/1.1\r\nHost: shop.example\r\nUser-Agent: visitor\r\n"
            + "Content-Length: 0\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        InputStream answer = socket.getInputStream()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      answer.readAllBytes();
    } catch (IOException e) {
      // The shop is closing; the next visit tells.
      return;
    }
  }
}
