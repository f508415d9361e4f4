/**
 * Where the JDK binds a listening socket: no span, but the answer to whose the port is that the
 * application could not have. Called on the application's threads.
 */
package io.otlpagent.instrumentation.library.listeningports;
