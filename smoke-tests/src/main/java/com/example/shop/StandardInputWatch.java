package com.example.shop;

import java.io.IOException;
import java.io.OutputStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Ends the shop when its standard input ends. Whoever starts it through a pipe need not find and
 * stop it: the pipe closes with its other end, even if that process is killed.
 */
@Component
class StandardInputWatch implements ApplicationRunner {

  private final boolean enabled;

  StandardInputWatch(@Value("${shop.stop-with-standard-input}") boolean enabled) {
    this.enabled = enabled;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    if (enabled) {
      Thread thread = new Thread(StandardInputWatch::watch, "standard-input-watch");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void watch() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("standard input: " + e);
    }
    System.exit(0);
  }
}
