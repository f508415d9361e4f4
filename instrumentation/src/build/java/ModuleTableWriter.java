import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.MethodAdvice;
import io.otlpagent.instrumentation.TypeInstrumentation;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the table of all modules that the class path has as services, as {@code ModuleTable} reads
 * it. Refuses what could not be woven, and says what to change.
 */
final class ModuleTableWriter {

  /** For the benchmark of the start: how many modules more, of libraries that nobody has. */
  private static final int SYNTHETIC = Integer.getInteger("modules.synthetic", 0);

  private final Map<String, Integer> strings = new LinkedHashMap<>();

  /** Argument: the file. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    Files.createDirectories(file.getParent());
    Files.write(file, new ModuleTableWriter().table(modules()));
  }

  private static List<InstrumentationModule> modules() {
    List<InstrumentationModule> modules = new ArrayList<>();
    ServiceLoader.load(InstrumentationModule.class).forEach(modules::add);
    Set<String> names = new TreeSet<>();
    for (InstrumentationModule module : modules) {
      check(names.add(module.name()), module, "has the name of another module");
      for (TypeInstrumentation type : module.types()) {
        type.methods().forEach(method -> check(module, type, method));
      }
    }
    check(!modules.isEmpty(), "no service of the class path", "is an InstrumentationModule");
    for (int i = 0; i < SYNTHETIC; i++) {
      modules.add(new Synthetic(i));
    }
    modules.sort(Comparator.comparing(InstrumentationModule::name));
    return modules;
  }

  private static void check(
      InstrumentationModule module, TypeInstrumentation type, MethodAdvice method) {
    String advice = module.plugin() + "." + method.advice();
    check(
        ModuleTableWriter.class.getClassLoader().getResource(advice.replace('.', '/') + ".class")
            != null,
        module,
        "names " + advice + ", which is no class of its package");
    check(
        method.descriptor().matches("\\((\\[*([BCDFIJSZ]|L[^;.]+;))*\\)\\[*([BCDFIJSVZ]|L[^;.]+;)"),
        module,
        "names " + method.descriptor() + ", which is no descriptor (JVMS 4.3.3)");
    check(
        !type.typeName().contains("/"),
        module,
        "names " + type.typeName() + ", which is to have dots");
  }

  private static void check(boolean right, Object subject, String otherwise) {
    if (!right) {
      throw new IllegalStateException(subject + " " + otherwise);
    }
  }

  private byte[] table(List<InstrumentationModule> modules) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    out.writeShort(modules.size());
    for (InstrumentationModule module : modules) {
      write(module, out);
    }
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    DataOutputStream head = new DataOutputStream(table);
    head.writeShort(strings.size());
    for (String string : strings.keySet()) {
      byte[] ascii = string.getBytes(StandardCharsets.US_ASCII);
      check(new String(ascii, StandardCharsets.US_ASCII).equals(string), string, "is not ASCII");
      head.writeShort(ascii.length);
      head.write(ascii);
    }
    head.write(body.toByteArray());
    return table.toByteArray();
  }

  private void write(InstrumentationModule module, DataOutputStream out) throws IOException {
    out.writeShort(string(module.group()));
    out.writeShort(string(module.name()));
    out.writeShort(string(module.plugin()));
    out.writeShort(string(module.option()));
    out.writeByte(module.makesSpans() ? 1 : 0);
    out.writeShort(module.opens().size());
    for (String opened : module.opens()) {
      out.writeShort(string(opened));
    }
    ByteArrayOutputStream rules = new ByteArrayOutputStream();
    DataOutputStream types = new DataOutputStream(rules);
    types.writeShort(module.types().size());
    for (TypeInstrumentation type : module.types()) {
      write(type, types);
    }
    out.writeInt(rules.size());
    out.write(rules.toByteArray());
  }

  private void write(TypeInstrumentation type, DataOutputStream out) throws IOException {
    out.writeShort(string(type.typeName()));
    out.writeByte(type.hierarchy() ? 1 : 0);
    out.writeShort(type.methods().size());
    for (MethodAdvice method : type.methods()) {
      out.writeShort(string(method.method()));
      out.writeShort(string(method.descriptor()));
      out.writeShort(string(method.advice()));
      out.writeShort(string(method.before() == null ? "" : method.before()));
      out.writeShort(string(method.option()));
      int wanted = !method.option().isEmpty() && method.applies(Set.of(method.option())) ? 4 : 0;
      out.writeByte((method.failuresOnly() ? 1 : 0) | (method.isCompanion() ? 2 : 0) | wanted);
    }
  }

  private int string(String string) {
    Integer number = strings.putIfAbsent(string, strings.size());
    return number == null ? strings.size() - 1 : number;
  }

  /** Rules as a library has them, for types that nobody has. */
  private static final class Synthetic extends InstrumentationModule {

    private final int number;

    Synthetic(int number) {
      super("synthetic", "synthetic-" + number + "-1.0");
      this.number = number;
    }

    @Override
    public String plugin() {
      return "io.otlpagent.instrumentation.library.synthetic" + number;
    }

    @Override
    public List<TypeInstrumentation> types() {
      List<TypeInstrumentation> types = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String type = "com.acme" + number + ".Client" + i;
        String result = ")Lcom/acme" + number + "/Response;";
        MethodAdvice[] methods = {
          MethodAdvice.on("send" + number + "x" + i, "(Lcom/acme/Request;" + result).call("A"),
          MethodAdvice.on("receive" + number + "x" + i, "(I" + result).call("B"),
          MethodAdvice.on("close", "()V").call("C"),
        };
        types.add(
            i % 2 == 0
                ? TypeInstrumentation.named(type, methods)
                : TypeInstrumentation.subtypesOf(type, methods[0], methods[1]));
      }
      return types;
    }
  }
}
