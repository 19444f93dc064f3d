package nl.ketenpoort;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.nio.file.Path;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses ADAPTERS = new ClassFileImporter().importPath(Path.of("target", "classes"));

    /** A package that wires nothing by itself needs one public type, or the composition root could not reach it. */
    private static final DescribedPredicate<JavaClass> DOOR = describe("the door of a technology package",
            type -> type.getSimpleName().endsWith("Wiring"));

    /** The container makes these itself, and the specifications want them public. */
    private static final DescribedPredicate<JavaClass> MADE_BY_THE_CONTAINER = describe("made by the container",
            type -> type.isAnnotatedWith("jakarta.ejb.Singleton") || type.isAnnotatedWith("jakarta.ejb.Stateless")
                    || type.isAssignableTo("jakarta.validation.ConstraintValidator"));

    @Test
    void anAdapterIsKnownByItsPortOnly() {
        classes().that().resideInAPackage("nl.ketenpoort.*.*..").and().areTopLevelClasses().and(not(DOOR))
                .and(not(MADE_BY_THE_CONTAINER)).should().bePackagePrivate()
                .because("what stands behind a port must be replaceable").allowEmptyShould(false).check(ADAPTERS);
    }

    @Test
    void onlyTheCompositionRootOpensTheDoors() {
        classes().that(DOOR).and().resideInAPackage("nl.ketenpoort.*.*..").should().onlyHaveDependentClassesThat()
                .haveFullyQualifiedName("nl.ketenpoort.wiring.Gateway")
                .because("which technology stands behind which port is decided in one place").allowEmptyShould(false)
                .check(ADAPTERS);
    }

    @Test
    void anAdapterLiesInAPackageOfItsStepAndTechnology() {
        classes().that().resideOutsideOfPackage("nl.ketenpoort.wiring").should()
                .resideInAPackage("nl.ketenpoort.*.*..").because("a port and its adapters are found side by side")
                .allowEmptyShould(false).check(ADAPTERS);
    }

    @Test
    void theTechnologiesHaveNoCycles() {
        slices().matching("nl.ketenpoort.(*).(*)..").should().beFreeOfCycles()
                .because("a technology that can be read alone can be replaced alone").allowEmptyShould(false)
                .check(ADAPTERS);
    }
}
