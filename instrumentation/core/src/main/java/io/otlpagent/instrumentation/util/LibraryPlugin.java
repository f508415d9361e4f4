package io.otlpagent.instrumentation.util;

/**
 * What the class loader of a plugin's classes is to these. There is a plugin for each class loader
 * of an application, and its objects lead to that. So what is left for longer with objects of
 * another loader, such as those of a container, must be of the plugin of that one. Any thread.
 */
public interface LibraryPlugin {

  /**
   * A class of the same library package, initialized, in the plugin of the loader that has defined
   * a type of the library. To be called with the agent's permissions.
   *
   * @param name within the package
   * @throws ClassNotFoundException if the package has no such class
   */
  Class<?> besideDefinerOf(Class<?> libraryType, String name) throws ClassNotFoundException;
}
