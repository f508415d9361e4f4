import java.io.ByteArrayInputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import javassist.ClassPool;
import javassist.CtClass;
import javassist.CtMethod;
import javassist.LoaderClassPath;
import javassist.Modifier;

/**
 * An agent that changes every method of every class of a loader, as monitors built on Javassist do,
 * and says at the end how many classes of the other agent it has changed. With the argument
 * "again", also those that were loaded before.
 */
public class ChangesAllClasses implements ClassFileTransformer {
  private static final Logger LOG = Logger.getLogger("changes-all");
  private static final String OTHER = "io/otlpagent/";

  private final AtomicInteger changed = new AtomicInteger();

  public static void premain(String arguments, Instrumentation instrumentation) throws Exception {
    ChangesAllClasses transformer = new ChangesAllClasses();
    instrumentation.addTransformer(transformer, true);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> System.err.println("changed " + transformer.changed + " of them")));
    if (!"again".equals(arguments)) {
      return;
    }
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (type.getName().replace('.', '/').startsWith(OTHER)
          && instrumentation.isModifiableClass(type)) {
        instrumentation.retransformClasses(type);
      }
    }
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String name,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    if (loader == null || name == null || name.startsWith("javassist/")) {
      return null;
    }
    try {
      byte[] bytes = change(loader, classFile);
      if (bytes != null && name.startsWith(OTHER)) {
        changed.incrementAndGet();
      }
      return bytes;
    } catch (Throwable e) {
      LOG.log(Level.SEVERE, name + " of " + loader, e);
      return null;
    }
  }

  private static byte[] change(ClassLoader loader, byte[] classFile) throws Exception {
    ClassPool pool = new ClassPool(false);
    pool.appendClassPath(new LoaderClassPath(loader));
    CtClass type = pool.makeClass(new ByteArrayInputStream(classFile));
    if (type.isInterface()) {
      return null;
    }
    for (CtMethod method : type.getDeclaredMethods()) {
      int modifiers = method.getModifiers();
      if (!Modifier.isNative(modifiers) && !Modifier.isAbstract(modifiers)) {
        method.addLocalVariable("began", CtClass.longType);
        method.insertBefore("began = System.nanoTime();");
        method.insertAfter("began = System.nanoTime() - began;");
      }
    }
    return type.toBytecode();
  }
}
