package io.otlpagent.instrumentation.transform.classfile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tells in about a microsecond that a class cannot match a hierarchy rule: a class that declares a
 * method has its name and its descriptor in the constant pool. Descriptors are looked for only if a
 * name is there. Immutable once it is filled; any thread.
 */
public final class Prefilter {

  private static final int[] NONE = new int[0];

  private final Needles names = new Needles();
  private final Needles descriptors = new Needles();
  private final List<int[]> pairs = new ArrayList<>();

  /** Adds a method; the number of its pair is the position of this call. */
  public void add(String method, String descriptor) {
    pairs.add(new int[] {names.add(method), descriptors.add(descriptor)});
  }

  /**
   * Whether any method that was added may be declared by a class.
   *
   * @return the pairs that are present; an empty array if there is none
   */
  public int[] candidates(byte[] classFile) {
    long[] foundNames = names.find(classFile);
    if (foundNames == null) {
      return NONE;
    }
    long[] foundDescriptors = descriptors.find(classFile);
    if (foundDescriptors == null) {
      return NONE;
    }
    int[] present = NONE;
    int n = 0;
    for (int i = 0; i < pairs.size(); i++) {
      int[] pair = pairs.get(i);
      if (marked(foundNames, pair[0]) && marked(foundDescriptors, pair[1])) {
        present = n == 0 ? new int[pairs.size() - i] : present;
        present[n++] = i;
      }
    }
    return n == 0 ? NONE : Arrays.copyOf(present, n);
  }

  private static boolean marked(long[] found, int number) {
    return (found[number / 64] & 1L << number) != 0;
  }
}
