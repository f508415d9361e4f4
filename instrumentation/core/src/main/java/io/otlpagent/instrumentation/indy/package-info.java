/**
 * From a woven call to its advice: plugin class loaders, the check that the library is the one that
 * the plugin was written for, and the call sites. Runs on the application thread that makes the
 * first call; a failure gives a call that does nothing, and is counted.
 */
package io.otlpagent.instrumentation.indy;
