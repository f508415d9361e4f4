/**
 * What an instrumentation declares: a module names the types and methods of one library and the
 * advice to call. The catalog {@code library.InstrumentationModules} lists every module; the
 * transformer reads it once at start.
 */
package io.otlpagent.instrumentation;
