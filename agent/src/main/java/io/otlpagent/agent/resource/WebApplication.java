package io.otlpagent.agent.resource;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The one web application that a Tomcat of its own is there for: named as in its {@code web.xml},
 * else after its file or folder. Of several, none gives the service its name. Of the descriptor it
 * understands what this needs, because a parser costs hundreds of classes. Stateless.
 */
final class WebApplication {

  /** What Tomcat brings along. */
  private static final Set<String> OTHERS =
      new HashSet<>(Arrays.asList("docs", "examples", "host-manager", "manager"));

  private static final String DESCRIPTOR = "WEB-INF/web.xml";
  private static final String WAR = ".war";
  private static final int MAX_BYTES = 1 << 20;

  private WebApplication() {}

  /**
   * Its name; empty if there is not exactly one, or nothing names it.
   *
   * @param base Tomcat's {@code catalina.base}
   */
  static String in(File base) {
    Set<String> contexts = new HashSet<>();
    File[] files = new File(base, "webapps").listFiles();
    if (files != null) {
      for (File file : files) {
        String context = context(file);
        if (!context.isEmpty() && !OTHERS.contains(context)) {
          contexts.add(context);
        }
      }
    }
    if (contexts.size() != 1) {
      return "";
    }
    String context = contexts.iterator().next();
    String name = displayName(descriptor(new File(base, "webapps/" + context)));
    // ROOT is what is served under /, whatever it is.
    return !name.isEmpty() || withoutVersion(context).equals("ROOT")
        ? name
        : withoutVersion(context);
  }

  /** The folder of an application, or that which Tomcat makes of its archive; empty for neither. */
  private static String context(File file) {
    String name = file.getName();
    if (name.endsWith(WAR)) {
      return name.substring(0, name.length() - WAR.length());
    }
    return file.isDirectory() ? name : "";
  }

  /** {@code shop} of {@code shop##42}, as Tomcat's parallel deployment calls it. */
  private static String withoutVersion(String context) {
    int version = context.indexOf("##");
    return version > 0 ? context.substring(0, version) : context;
  }

  /** The text of the descriptor, of the archive if it is not unpacked yet; empty if unreadable. */
  private static String descriptor(File folder) {
    try {
      File unpacked = new File(folder, DESCRIPTOR);
      if (unpacked.isFile()) {
        try (InputStream in = new FileInputStream(unpacked)) {
          return text(in);
        }
      }
      File archive = new File(folder.getPath() + WAR);
      return archive.isFile() ? descriptorOf(archive) : "";
    } catch (IOException | IllegalArgumentException e) {
      // Its file name is still good.
      return "";
    }
  }

  private static String descriptorOf(File archive) throws IOException {
    try (ZipFile zip = new ZipFile(archive)) {
      ZipEntry entry = zip.getEntry(DESCRIPTOR);
      return entry == null ? "" : text(zip.getInputStream(entry));
    }
  }

  private static String text(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    InputStream buffered = new BufferedInputStream(in);
    for (int b = buffered.read(); b >= 0 && bytes.size() < MAX_BYTES; b = buffered.read()) {
      bytes.write(b);
    }
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }

  /** Of the application itself: servlets, filters and listeners may have one, too. */
  static String displayName(String descriptor) {
    String xml = withoutComments(descriptor);
    int tag = xml.indexOf("<display-name");
    int start = tag < 0 ? -1 : xml.indexOf('>', tag) + 1;
    int end = start <= 0 ? -1 : xml.indexOf("</display-name", start);
    if (end < 0 || start < tag) {
      return "";
    }
    for (String other : new String[] {"<servlet>", "<filter>", "<listener>", "<security-"}) {
      int before = xml.indexOf(other);
      if (before >= 0 && before < tag) {
        return "";
      }
    }
    String name = xml.substring(start, end).trim();
    // A placeholder of a build that did not fill it in, or markup that this does not read.
    return name.contains("${") || name.indexOf('<') >= 0 ? "" : unescaped(name);
  }

  private static String withoutComments(String xml) {
    StringBuilder text = new StringBuilder(xml.length());
    int from = 0;
    for (int start = xml.indexOf("<!--"); start >= 0; start = xml.indexOf("<!--", from)) {
      text.append(xml, from, start);
      int end = xml.indexOf("-->", start);
      from = end < 0 ? xml.length() : end + "-->".length();
    }
    return text.append(xml, from, xml.length()).toString();
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }
}
