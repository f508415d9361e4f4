package io.otlpagent.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.annotation.Annotation;
import java.util.Optional;
import java.util.Set;
import net.bytebuddy.asm.Advice;
import org.junit.jupiter.api.Test;

/** Advice runs inside the application: these rules keep it from being seen there. */
final class AdviceRulesTest {

  @Test
  void adviceIsStatelessAndSuppressesEveryException() {
    classes()
        .that()
        .resideInAPackage("io.otlpagent.instrumentation.library..")
        .and()
        .haveSimpleNameEndingWith("Advice")
        .should(followTheRules())
        .allowEmptyShould(true)
        .check(ProductClasses.ALL);
  }

  private static ArchCondition<JavaClass> followTheRules() {
    return new ArchCondition<>("be public, final, stateless and suppress every exception") {
      @Override
      public void check(JavaClass advice, ConditionEvents events) {
        demand(events, advice, isPublicFinal(advice), "is not public and final");
        for (JavaField field : advice.getFields()) {
          demand(events, advice, isConstant(field), "has the state " + field.getName());
        }
        for (JavaMethod method : advice.getMethods()) {
          // Synthetic: the bridge of one that is looked at itself.
          if (method.getModifiers().contains(JavaModifier.PUBLIC)
              && !method.getModifiers().contains(JavaModifier.SYNTHETIC)) {
            demand(events, advice, isDispatched(method), method.getName() + " breaks the rules");
          }
        }
      }
    };
  }

  private static void demand(ConditionEvents events, JavaClass advice, boolean met, String else_) {
    events.add(new SimpleConditionEvent(advice, met, advice.getName() + ": " + else_));
  }

  private static boolean isPublicFinal(JavaClass advice) {
    return advice.getModifiers().containsAll(Set.of(JavaModifier.PUBLIC, JavaModifier.FINAL));
  }

  private static boolean isConstant(JavaField field) {
    return field.getModifiers().containsAll(Set.of(JavaModifier.STATIC, JavaModifier.FINAL));
  }

  private static boolean isDispatched(JavaMethod method) {
    return method.getModifiers().contains(JavaModifier.STATIC)
        && (suppresses(method, Advice.OnMethodEnter.class)
            || suppresses(method, Advice.OnMethodExit.class));
  }

  private static boolean suppresses(JavaMethod method, Class<? extends Annotation> type) {
    return method
        .tryGetAnnotationOfType(type.getName())
        .filter(found -> Optional.of(false).equals(found.get("inline")))
        .flatMap(found -> found.get("suppress"))
        .filter(found -> ((JavaClass) found).isEquivalentTo(Throwable.class))
        .isPresent();
  }
}
