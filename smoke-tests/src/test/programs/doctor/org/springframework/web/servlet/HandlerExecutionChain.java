package org.springframework.web.servlet;

/** What a look-up gives. */
public class HandlerExecutionChain {}
