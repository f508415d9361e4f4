package io.otlpagent.instrumentation.transform;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * What an advice class asks for, read from its class file without loading it: the enter and the
 * exit method with Byte Buddy's {@code Advice} annotations. Unlike with Byte Buddy, the method that
 * replaces an argument may stand beside an enter method, whose value it sees. Immutable once read.
 */
final class AdviceMethods {

  /** Inside the descriptor of an annotation: the build relocates what stands before it. */
  private static final String ADVICE = "/asm/Advice$";

  final @Nullable AdviceMethod enter;

  /** Replaces an argument, after the enter method. */
  final @Nullable AdviceMethod replace;

  final @Nullable AdviceMethod exit;

  private AdviceMethods(
      @Nullable AdviceMethod enter, @Nullable AdviceMethod replace, @Nullable AdviceMethod exit) {
    this.enter = enter;
    this.replace = replace;
    this.exit = exit;
  }

  static AdviceMethods read(byte[] adviceClass) {
    List<AdviceMethod> methods = new ArrayList<>();
    new ClassReader(adviceClass)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access,
                  String name,
                  String descriptor,
                  @Nullable String signature,
                  String @Nullable [] exceptions) {
                AdviceMethod method = new AdviceMethod(name, descriptor);
                methods.add(method);
                return new Annotations(method);
              }
            },
            ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
    AdviceMethod enter = null;
    AdviceMethod replace = null;
    AdviceMethod exit = null;
    for (AdviceMethod method : methods) {
      if (method.onEnter && method.replacesArgument >= 0) {
        replace = method;
      } else if (method.onEnter) {
        enter = method;
      } else if (method.onExit) {
        exit = method;
      }
    }
    return new AdviceMethods(enter, replace, exit);
  }

  /** Where a parameter of an advice method gets its value from. */
  enum Source {
    THIS,
    ARGUMENT,
    ENTER,
    RETURN,
    THROWN
  }

  /** One advice method. */
  static final class AdviceMethod {

    final String name;
    final Type returnType;
    final Type[] types;
    final Source[] sources;
    final int[] arguments;
    boolean onEnter;
    boolean onExit;
    boolean onThrowable;
    int replacesArgument = -1;
    boolean replacesReturn;

    AdviceMethod(String name, String descriptor) {
      this.name = name;
      this.returnType = Type.getReturnType(descriptor);
      this.types = Type.getArgumentTypes(descriptor);
      this.sources = new Source[types.length];
      this.arguments = new int[types.length];
    }

    boolean replaces() {
      return replacesArgument >= 0 || replacesReturn;
    }
  }

  /** Collects the annotations of one advice method. */
  private static final class Annotations extends MethodVisitor {

    private final AdviceMethod method;

    Annotations(AdviceMethod method) {
      super(Opcodes.ASM9);
      this.method = method;
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      switch (simpleName(descriptor)) {
        case "OnMethodEnter":
          method.onEnter = true;
          return null;
        case "OnMethodExit":
          method.onExit = true;
          return new ExitValues();
        case "AssignReturned$ToReturned":
          method.replacesReturn = true;
          return null;
        case "AssignReturned$ToArguments":
          return new ArgumentIndex();
        default:
          return null;
      }
    }

    @Override
    public @Nullable AnnotationVisitor visitParameterAnnotation(
        int parameter, String descriptor, boolean visible) {
      switch (simpleName(descriptor)) {
        case "This":
          method.sources[parameter] = Source.THIS;
          return null;
        case "Enter":
          method.sources[parameter] = Source.ENTER;
          return null;
        case "Return":
          method.sources[parameter] = Source.RETURN;
          return null;
        case "Thrown":
          method.sources[parameter] = Source.THROWN;
          return null;
        case "Argument":
          method.sources[parameter] = Source.ARGUMENT;
          return new AnnotationVisitor(Opcodes.ASM9) {
            @Override
            public void visit(String name, Object value) {
              if (name.equals("value")) {
                method.arguments[parameter] = (Integer) value;
              }
            }
          };
        default:
          return null;
      }
    }

    private static String simpleName(String descriptor) {
      int at = descriptor.indexOf(ADVICE);
      return at < 0 ? "" : descriptor.substring(at + ADVICE.length(), descriptor.length() - 1);
    }

    /** {@code onThrowable} of an exit method: anything but the default means all throwables. */
    private final class ExitValues extends AnnotationVisitor {

      ExitValues() {
        super(Opcodes.ASM9);
      }

      @Override
      public void visit(String name, Object value) {
        if (name.equals("onThrowable")) {
          method.onThrowable = true;
        }
      }
    }

    /** The index in the one {@code ToArgument} of a {@code ToArguments}. */
    private final class ArgumentIndex extends AnnotationVisitor {

      ArgumentIndex() {
        super(Opcodes.ASM9);
      }

      @Override
      public AnnotationVisitor visitArray(String name) {
        return this;
      }

      @Override
      public AnnotationVisitor visitAnnotation(String name, String descriptor) {
        return this;
      }

      @Override
      public void visit(String name, Object value) {
        if (name.equals("value")) {
          method.replacesArgument = (Integer) value;
        }
      }
    }
  }
}
