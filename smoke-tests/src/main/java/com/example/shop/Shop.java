package com.example.shop;

import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Starts the shop. */
@SpringBootApplication(proxyBeanMethods = false)
public class Shop {

  public static void main(String[] args) {
    SpringApplication.run(Shop.class, args);
  }

  @Bean
  ServletRegistrationBean<FiveQueriesServlet> fiveQueries(DataSource database) {
    return new ServletRegistrationBean<>(new FiveQueriesServlet(database), "/five-queries");
  }

  @Bean
  ServletRegistrationBean<VitalsServlet> vitals() {
    return new ServletRegistrationBean<>(new VitalsServlet(), "/vitals");
  }
}
