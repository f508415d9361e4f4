/**
 * The demo: a small shop on Spring Boot whose catalog and orders call its inventory over HTTP. An
 * application like any other: it knows nothing of the agent.
 */
package com.example.shop;
