package io.otlpagent.smoke.benchmark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * Sends a fixed number of requests over a few kept connections, each as soon as the answer before
 * it has come. Plain sockets and no parsing to speak of: the server is to have the processors.
 */
final class LoadClient {

  private static final byte[] OK = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);
  private static final String LENGTH = "content-length:";

  private final int port;
  private final int connections;
  private final byte[] request;

  LoadClient(int port, String path, int connections) {
    this.port = port;
    this.connections = connections;
    this.request =
        ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nUser-Agent: load\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
  }

  /** Sends as fast as it goes and returns the seconds it took. */
  double run(int requests) throws IOException, InterruptedException {
    return run(requests, Integer.MAX_VALUE);
  }

  /** The same with so many requests a second at the most, over all connections. */
  double run(int requests, int rate) throws IOException, InterruptedException {
    long start = System.nanoTime();
    latencies(requests, rate);
    return (System.nanoTime() - start) / 1e9;
  }

  /**
   * The same; returns how long each took, in nanoseconds. A request that was held up by the one
   * before it has waited since it was due.
   */
  long[] latencies(int requests, int rate) throws IOException, InterruptedException {
    long gapNanos = 1_000_000_000L * connections / rate;
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    LongStream latencies = LongStream.empty();
    try {
      List<Callable<long[]>> tasks = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int share = requests / connections + (i < requests % connections ? 1 : 0);
        tasks.add(() -> send(share, gapNanos));
      }
      for (Future<long[]> task : threads.invokeAll(tasks)) {
        latencies = LongStream.concat(latencies, LongStream.of(task.get()));
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
    return latencies.toArray();
  }

  private long[] send(int requests, long gapNanos) throws IOException {
    long[] latencies = new long[requests];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      InputStream in = new BufferedInputStream(socket.getInputStream());
      long due = System.nanoTime();
      for (int i = 0; i < requests; i++) {
        long start = due;
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
          start = System.nanoTime();
        }
        due += gapNanos;
        out.write(request);
        in.skipNBytes(headers(in));
        latencies[i] = System.nanoTime() - start;
      }
    }
    return latencies;
  }

  /** Reads up to the body and returns its length. */
  private static int headers(InputStream in) throws IOException {
    byte[] line = new byte[512];
    int status = readLine(in, line);
    if (status < OK.length || !startsWith(line, OK)) {
      throw new IOException(new String(line, 0, status, StandardCharsets.US_ASCII));
    }
    int bodyLength = -1;
    for (int length = readLine(in, line); length > 0; length = readLine(in, line)) {
      if (line[0] == 'C' || line[0] == 'c') {
        String header = new String(line, 0, length, StandardCharsets.US_ASCII);
        if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
          bodyLength = Integer.parseInt(header.substring(LENGTH.length()).trim());
        }
      }
    }
    if (bodyLength < 0) {
      throw new IOException("an answer without Content-Length");
    }
    return bodyLength;
  }

  private static int readLine(InputStream in, byte[] line) throws IOException {
    int length = 0;
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server has closed the connection");
      }
      if (b != '\r') {
        line[length++] = (byte) b;
      }
    }
    return length;
  }

  private static boolean startsWith(byte[] line, byte[] prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (line[i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
