package io.otlpagent.agent.doctor;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes agents by the manifests of the files that they are loaded from, and where these cannot
 * be read by their names: an image or the OpenTelemetry Operator may call any of them {@code
 * javaagent.jar}. Stateless.
 */
public final class OtherAgents {

  private static final String[][] KNOWN = {
    {"otlp-agent", "otlp-agent"},
    {"opentelemetry-javaagent", "OpenTelemetry"},
    {"aws-opentelemetry-agent", "OpenTelemetry (AWS)"},
    {"splunk-otel-javaagent", "OpenTelemetry (Splunk)"},
    {"grafana-opentelemetry-java", "OpenTelemetry (Grafana)"},
    {"applicationinsights-agent", "Azure Application Insights"},
    {"dd-java-agent", "Datadog"},
    {"elastic-apm-agent", "Elastic APM"},
    {"newrelic", "New Relic"},
    {"skywalking-agent", "SkyWalking"},
    {"glowroot", "Glowroot"},
    {"appagent", "AppDynamics"},
    {"oneagent", "Dynatrace"},
    {"instana", "Instana"},
    {"pinpoint-bootstrap", "Pinpoint"},
    {"jmx_prometheus_javaagent", "Prometheus JMX exporter"},
    {"jolokia", "Jolokia"},
    {"jacoco", "JaCoCo"},
    {"pyroscope", "Pyroscope"},
  };

  /** The beginnings of the classes that manifests name as {@code Premain-Class}. */
  private static final String[][] PREMAIN = {
    {"io.otlpagent.", "otlp-agent"},
    {"io.opentelemetry.", "OpenTelemetry"},
    {"datadog.", "Datadog"},
    {"co.elastic.apm.", "Elastic APM"},
    {"com.newrelic.", "New Relic"},
    {"org.apache.skywalking.", "SkyWalking"},
    {"org.glowroot.", "Glowroot"},
    {"com.singularity.", "AppDynamics"},
    {"com.microsoft.applicationinsights.", "Azure Application Insights"},
    {"com.navercorp.pinpoint.", "Pinpoint"},
    {"io.prometheus.jmx.", "Prometheus JMX exporter"},
    {"org.jolokia.", "Jolokia"},
    {"org.jacoco.", "JaCoCo"},
    {"io.pyroscope.", "Pyroscope"},
  };

  /** Our own name in the lists above. */
  public static final String OWN = "otlp-agent";

  private OtherAgents() {}

  /** The files of all {@code -javaagent}, {@code -agentpath} and {@code -agentlib} options. */
  public static List<String> files(List<String> jvmOptions) {
    List<String> files = new ArrayList<>();
    for (String option : jvmOptions) {
      for (String prefix : new String[] {"-javaagent:", "-agentpath:", "-agentlib:"}) {
        if (option.startsWith(prefix)) {
          int equals = option.indexOf('=');
          files.add(option.substring(prefix.length(), equals < 0 ? option.length() : equals));
        }
      }
    }
    return files;
  }

  /**
   * The product that a file belongs to; null if it is none that is known.
   *
   * @param file as the option names it
   * @param found where it is for this process
   */
  public static @Nullable String product(String file, File found) {
    Attributes manifest = manifest(found);
    String premain = manifest == null ? null : manifest.getValue("Premain-Class");
    if (premain != null) {
      for (String[] known : PREMAIN) {
        if (premain.startsWith(known[0])) {
          // Distributions of OpenTelemetry share the class, and differ in name.
          String named = known[1].equals("OpenTelemetry") ? product(file) : null;
          return named == null ? known[1] : named;
        }
      }
    }
    String named = product(file);
    // One that says that it is somebody else's.
    return OWN.equals(named) && premain != null ? null : named;
  }

  /** The version in the manifest of an agent; null if it has none or cannot be read. */
  public static @Nullable String version(File found) {
    Attributes manifest = manifest(found);
    return manifest == null ? null : manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
  }

  private static @Nullable Attributes manifest(File file) {
    if (!file.isFile()) {
      return null;
    }
    try (JarFile jar = new JarFile(file, false)) {
      Manifest manifest = jar.getManifest();
      return manifest == null ? null : manifest.getMainAttributes();
    } catch (IOException | RuntimeException e) {
      // A native library, removed meanwhile, or not for this user to read.
      return null;
    }
  }

  private static @Nullable String product(String file) {
    String lower = file.toLowerCase(Locale.ROOT);
    String name = lower.substring(Math.max(lower.lastIndexOf('/'), lower.lastIndexOf('\\')) + 1);
    for (String[] known : KNOWN) {
      if (name.contains(known[0])) {
        return known[1];
      }
    }
    return null;
  }

  /** Whether a product makes spans or hooks into the same libraries. */
  static boolean traces(String product) {
    return !product.startsWith("Prometheus")
        && !product.equals("Jolokia")
        && !product.equals("JaCoCo")
        && !product.equals("Pyroscope");
  }
}
