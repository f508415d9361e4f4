package org.springframework.web.servlet.handler;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.servlet.HandlerExecutionChain;

/** Like Spring's, as far as the method that is measured. */
public class AbstractHandlerMapping {

  public final HandlerExecutionChain getHandler(HttpServletRequest request) {
    return new HandlerExecutionChain();
  }
}
