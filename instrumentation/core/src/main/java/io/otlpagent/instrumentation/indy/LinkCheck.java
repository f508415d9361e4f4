package io.otlpagent.instrumentation.indy;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the library at hand has every method and field that a plugin's code names, so that an
 * unknown version means "no spans" and never a LinkageError on each request.
 */
final class LinkCheck {

  private final ClassLoader plugin;
  private final ClassLoader agent;
  private final String prefix;
  private final Deque<String> todo = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();
  private @Nullable String missing;

  private LinkCheck(ClassLoader plugin, ClassLoader agent, String prefix) {
    this.plugin = plugin;
    this.agent = agent;
    this.prefix = prefix;
  }

  /** The first symbol that an advice class, or a plugin class that it uses, does not find. */
  static @Nullable String missing(Class<?> advice, ClassLoader agent) {
    ClassLoader plugin = advice.getClassLoader();
    String name = advice.getName();
    LinkCheck check = new LinkCheck(plugin, agent, name.substring(0, name.lastIndexOf('.') + 1));
    check.enqueue(name.replace('.', '/'));
    return check.run();
  }

  private @Nullable String run() {
    while (!todo.isEmpty() && missing == null) {
      byte[] bytes = PluginClasses.read(agent, todo.remove().replace('/', '.'));
      if (bytes != null) {
        new ClassReader(bytes)
            .accept(new Symbols(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      }
    }
    return missing;
  }

  private void enqueue(String internalName) {
    if (internalName.replace('/', '.').startsWith(prefix) && seen.add(internalName)) {
      todo.add(internalName);
    }
  }

  private boolean foreign(String owner) {
    return !owner.startsWith("java/")
        && !owner.startsWith("[")
        && !owner.startsWith("io/otlpagent/");
  }

  private void method(String owner, String name, String descriptor) {
    enqueue(owner);
    if (missing != null || !foreign(owner) || !seen.add(owner + "." + name + descriptor)) {
      return;
    }
    try {
      Class<?> type = Class.forName(owner.replace('/', '.'), false, plugin);
      if (!name.startsWith("<") && !declares(type, name, descriptor)) {
        missing = owner + "." + name + descriptor;
      }
    } catch (ClassNotFoundException e) {
      absent(owner, e);
    } catch (LinkageError e) {
      // A signature of the type names something optional that is absent: no word about our method.
      seen.add(owner);
    }
  }

  private void field(String owner, String name) {
    enqueue(owner);
    if (missing != null || !foreign(owner) || !seen.add(owner + "#" + name)) {
      return;
    }
    try {
      for (Field field : Class.forName(owner.replace('/', '.'), false, plugin).getFields()) {
        if (field.getName().equals(name)) {
          return;
        }
      }
      missing = owner + "." + name;
    } catch (ClassNotFoundException e) {
      absent(owner, e);
    } catch (LinkageError e) {
      seen.add(owner);
    }
  }

  /** A loader that cannot read says so by a cause; that is no word about the library. */
  private void absent(String owner, ClassNotFoundException reason) {
    if (reason.getCause() instanceof IOException) {
      throw new IllegalStateException(owner + " cannot be read", reason);
    }
    missing = owner;
  }

  private static boolean declares(Class<?> type, String name, String descriptor) {
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name) && Type.getMethodDescriptor(method).equals(descriptor)) {
        return true;
      }
    }
    // Methods of Object are not among those of an interface.
    return type.isInterface() && declares(Object.class, name, descriptor);
  }

  /** Reports every reference in the code of a class. */
  private final class Symbols extends ClassVisitor {

    Symbols() {
      super(Opcodes.ASM9);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean isInterface) {
          method(owner, name, descriptor);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
          field(owner, name);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
          enqueue(type);
        }
      };
    }
  }
}
