package io.otlpagent.bootstrap;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Reads what a URL of a resource in the {@link ClassArchive} names. Only other agents ask for one,
 * on any thread.
 */
final class ArchivedResource extends URLConnection {

  private final ClassArchive archive;
  private final String name;

  private ArchivedResource(URL url, ClassArchive archive, String name) {
    super(url);
    this.archive = archive;
    this.name = name;
  }

  /**
   * @param name of a resource that the archive has
   */
  static URL url(ClassArchive archive, String name) {
    URLStreamHandler handler =
        new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL url) {
            return new ArchivedResource(url, archive, name);
          }
        };
    // A security manager lets not everybody bring a handler of their own.
    return AccessController.doPrivileged(
        new PrivilegedAction<URL>() {
          @Override
          public URL run() {
            try {
              return new URL("otlp-agent", "", -1, "/" + name, handler);
            } catch (MalformedURLException e) {
              throw new IllegalStateException(e);
            }
          }
        });
  }

  @Override
  public void connect() {
    connected = true;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    byte[] bytes = archive.read(name);
    if (bytes == null) {
      throw new FileNotFoundException(name);
    }
    return new ByteArrayInputStream(bytes);
  }
}
