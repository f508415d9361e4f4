import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Writes a bridge beside each advice method: of the type of its call sites, in which every
 * reference is an Object, and with the catch inside, so that a link is one look-up. A bridge that
 * replaces something takes the original as its last argument and returns it where the advice
 * returns null. Started by the build: java AdviceBridges.java classes...
 */
final class AdviceBridges {

  private static final String ADVICE = "Lnet/bytebuddy/asm/Advice$";
  private static final String SUFFIX = "$bridge";
  private static final String ERRORS = "io/otlpagent/instrumentation/indy/AdviceErrors";
  private static final String OBJECT = "java/lang/Object";
  private static final String THROWABLE = "java/lang/Throwable";

  private record Advice(String name, String descriptor, boolean replaces) {}

  public static void main(String[] folders) throws IOException {
    for (String folder : folders) {
      if (!Files.isDirectory(Path.of(folder))) {
        // Such as that of tests which are skipped.
        continue;
      }
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file :
            (Iterable<Path>) files.filter(f -> f.toString().endsWith("Advice.class"))::iterator) {
          byte[] before = Files.readAllBytes(file);
          byte[] after = bridged(before);
          if (after != null) {
            Files.write(file, after);
          }
        }
      }
    }
  }

  /** Null if the class has no advice, or has its bridges already. */
  private static byte[] bridged(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    List<Advice> advice = new ArrayList<>();
    List<String> bridges = new ArrayList<>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            if (name.endsWith(SUFFIX)) {
              bridges.add(name);
            }
            return new Annotations(
                advice, access, reader.getClassName() + "." + name, name, descriptor);
          }
        },
        ClassReader.SKIP_CODE);
    if (advice.isEmpty() || !bridges.isEmpty()) {
      return null;
    }
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public void visitEnd() {
            advice.forEach(method -> write(cv, reader.getClassName(), method));
            super.visitEnd();
          }
        },
        0);
    return writer.toByteArray();
  }

  private static void write(ClassVisitor to, String owner, Advice advice) {
    Type result = erased(Type.getReturnType(advice.descriptor()));
    Type[] own = Type.getArgumentTypes(advice.descriptor());
    List<Type> types = new ArrayList<>();
    for (Type type : own) {
      types.add(erased(type));
    }
    if (advice.replaces()) {
      types.add(Type.getObjectType(OBJECT));
    }
    MethodVisitor code =
        to.visitMethod(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
            advice.name() + SUFFIX,
            Type.getMethodDescriptor(result, types.toArray(new Type[0])),
            null,
            null);
    code.visitCode();
    Label start = new Label();
    Label end = new Label();
    Label handler = new Label();
    code.visitTryCatchBlock(start, end, handler, THROWABLE);
    code.visitLabel(start);
    int variable = 0;
    for (Type type : own) {
      code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), variable);
      if (isReference(type) && !type.getInternalName().equals(OBJECT)) {
        code.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
      }
      variable += type.getSize();
    }
    code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, advice.name(), advice.descriptor(), false);
    if (advice.replaces()) {
      Label original = new Label();
      code.visitInsn(Opcodes.DUP);
      code.visitJumpInsn(Opcodes.IFNULL, original);
      code.visitInsn(Opcodes.ARETURN);
      code.visitLabel(original);
      code.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {OBJECT});
      code.visitInsn(Opcodes.POP);
      code.visitVarInsn(Opcodes.ALOAD, variable);
    }
    code.visitInsn(result.getOpcode(Opcodes.IRETURN));
    code.visitLabel(end);
    code.visitLabel(handler);
    code.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {THROWABLE});
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC, ERRORS, "suppress", "(Ljava/lang/Throwable;)V", false);
    if (advice.replaces()) {
      code.visitVarInsn(Opcodes.ALOAD, variable);
    } else if (result.getSort() != Type.VOID) {
      code.visitInsn(zero(result));
    }
    code.visitInsn(result.getOpcode(Opcodes.IRETURN));
    int size = variable + (advice.replaces() ? 1 : 0);
    code.visitMaxs(Math.max(size, 2), size);
    code.visitEnd();
  }

  private static boolean isReference(Type type) {
    return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
  }

  private static Type erased(Type type) {
    return isReference(type) ? Type.getObjectType(OBJECT) : type;
  }

  private static int zero(Type type) {
    return switch (type.getSort()) {
      case Type.OBJECT -> Opcodes.ACONST_NULL;
      case Type.LONG -> Opcodes.LCONST_0;
      case Type.FLOAT -> Opcodes.FCONST_0;
      case Type.DOUBLE -> Opcodes.DCONST_0;
      default -> Opcodes.ICONST_0;
    };
  }

  /** Finds out whether a method is advice. */
  private static final class Annotations extends MethodVisitor {

    private final List<Advice> found;
    private final int access;
    private final String place;
    private final String name;
    private final String descriptor;
    private boolean advice;
    private boolean replaces;

    Annotations(List<Advice> found, int access, String place, String name, String descriptor) {
      super(Opcodes.ASM9);
      this.found = found;
      this.access = access;
      this.place = place;
      this.name = name;
      this.descriptor = descriptor;
    }

    @Override
    public AnnotationVisitor visitAnnotation(String type, boolean visible) {
      if (type.startsWith(ADVICE)) {
        String simple = type.substring(ADVICE.length());
        advice |= simple.equals("OnMethodEnter;") || simple.equals("OnMethodExit;");
        replaces |= simple.startsWith("AssignReturned$");
      }
      return null;
    }

    @Override
    public void visitEnd() {
      if (!advice) {
        return;
      }
      int wanted = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
      if ((access & wanted) != wanted) {
        throw new IllegalArgumentException(place + " is advice: make it public and static");
      }
      if (replaces && !isReference(Type.getReturnType(descriptor))) {
        throw new IllegalArgumentException(
            place + " replaces a value: let it return an object, null for no other");
      }
      found.add(new Advice(name, descriptor, replaces));
    }
  }
}
