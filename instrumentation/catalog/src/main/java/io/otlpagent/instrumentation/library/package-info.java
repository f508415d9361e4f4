/**
 * The catalog of all libraries; inside it one package a library: its module, its advice and its
 * getter. Such a package is a plugin: it is loaded in a class loader of its own for each
 * application class loader that has the library. The catalog is read once, at start.
 */
package io.otlpagent.instrumentation.library;
