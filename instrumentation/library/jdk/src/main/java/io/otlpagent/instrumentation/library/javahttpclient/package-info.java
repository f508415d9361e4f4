/**
 * {@code java.net.http.HttpClient} of the JDK, synchronous and asynchronous, HTTP/1.1 and HTTP/2:
 * one span for each request on the wire. Called on the application's threads and the client's.
 */
package io.otlpagent.instrumentation.library.javahttpclient;
