/**
 * From class bytes to woven class bytes: ignored names, the prefilter, the hierarchy check, the
 * weaver, and the classes that were loaded before us. Runs on whatever thread loads a class.
 */
package io.otlpagent.instrumentation.transform;
