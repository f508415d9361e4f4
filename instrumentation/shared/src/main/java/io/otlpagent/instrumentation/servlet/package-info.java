/**
 * How requests go through a servlet container, for the old and the new names of its API alike: it
 * names no type of either. Shared by their two plugins; called on the container's threads.
 */
package io.otlpagent.instrumentation.servlet;
