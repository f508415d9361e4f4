/**
 * {@code java.net.HttpURLConnection} as the JDK implements it, for http and https: one span for
 * each request on the wire. Called on the application's threads.
 */
package io.otlpagent.instrumentation.library.httpurlconnection;
