/**
 * One package a library: its module, its advice and its getter. A package is a plugin: it is loaded
 * in a class loader of its own for each application class loader that has the library.
 */
package io.otlpagent.instrumentation.library;
