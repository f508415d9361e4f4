/**
 * What is read of a class file before anybody asks for more: which names its constant pool has, and
 * what its header says. Called by {@code transform} on the thread that loads the class.
 */
package io.otlpagent.instrumentation.transform.classfile;
