package io.otlpagent.instrumentation.transform;

import io.otlpagent.instrumentation.indy.OldCallSites;
import io.otlpagent.instrumentation.transform.classfile.ClassHeader;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodTooLargeException;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Weaves with the ASM that Byte Buddy bundles. It needs no type but those that stand in the class
 * file, computes no frame, and copies what it does not weave byte for byte.
 */
final class AsmWeaver implements Weaver {

  /** The newest class file version that the bundled ASM reads. */
  private static final int NEWEST = Opcodes.V26;

  private final OldCallSites oldCallSites;

  AsmWeaver(OldCallSites oldCallSites) {
    this.oldCallSites = oldCallSites;
  }

  @Override
  public byte @Nullable [] weave(
      @Nullable ClassLoader loader,
      byte[] classFile,
      List<WovenMethod> methods,
      List<UnweavableMethodException> unwoven) {
    List<WovenMethod> left = methods;
    while (!left.isEmpty()) {
      UnweavableMethodException e;
      try {
        return weave(loader, classFile, left);
      } catch (UnweavableMethodException unweavable) {
        e = unweavable;
      } catch (MethodTooLargeException tooLarge) {
        e = tooLarge(left, tooLarge);
      }
      unwoven.add(e);
      left = new ArrayList<>(left);
      left.remove(e.method);
    }
    return null;
  }

  private static UnweavableMethodException tooLarge(
      List<WovenMethod> methods, MethodTooLargeException reason) {
    WovenMethod method = find(methods, reason.getMethodName(), reason.getDescriptor());
    if (method == null) {
      throw reason;
    }
    return new UnweavableMethodException(method, "has no room for more instructions");
  }

  private byte @Nullable [] weave(
      @Nullable ClassLoader loader, byte[] classFile, List<WovenMethod> methods) {
    int major = ClassHeader.u2(classFile, 6);
    byte[] readable = classFile;
    if (major > (NEWEST & 0xFFFF)) {
      // A newer JDK than ASM knows: the format has grown by attributes only since Java 9.
      readable = classFile.clone();
      readable[7] = (byte) NEWEST;
    }
    ClassReader reader = new ClassReader(readable);
    MaxLocals maxLocals = MaxLocals.of(reader, methods);
    if (maxLocals.isEmpty()) {
      return null;
    }
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(
        new Methods(writer, methods, maxLocals, loader, major), ClassReader.EXPAND_FRAMES);
    byte[] woven = writer.toByteArray();
    woven[6] = classFile[6];
    woven[7] = classFile[7];
    return woven;
  }

  static @Nullable WovenMethod find(List<WovenMethod> methods, String name, String descriptor) {
    for (WovenMethod method : methods) {
      if (method.name.equals(name) && method.descriptor.equals(descriptor)) {
        return method;
      }
    }
    return null;
  }

  /** Puts a {@link MethodWeaver} in front of each method to weave. */
  private final class Methods extends ClassVisitor {

    private final List<WovenMethod> methods;
    private final MaxLocals maxLocals;
    private final @Nullable ClassLoader loader;
    private final int major;
    private String type = "";

    Methods(
        ClassVisitor next,
        List<WovenMethod> methods,
        MaxLocals maxLocals,
        @Nullable ClassLoader loader,
        int major) {
      super(Opcodes.ASM9, next);
      this.methods = methods;
      this.maxLocals = maxLocals;
      this.loader = loader;
      this.major = major;
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      type = name;
      super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      WovenMethod method = find(methods, name, descriptor);
      Integer variables = maxLocals.get(name, descriptor);
      if (method == null || variables == null) {
        return next;
      }
      AdviceCalls calls =
          major >= Opcodes.V1_7
              ? new IndyCalls(method.plugin, method.linked())
              : new TableCalls(
                  method.plugin,
                  method.linked(),
                  oldCallSites.caller(loader, type.replace('/', '.')));
      return new MethodWeaver(
          next, type, access, method, variables, maxLocals.calls(method), calls);
    }
  }
}
