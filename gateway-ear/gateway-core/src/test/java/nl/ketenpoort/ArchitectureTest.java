package nl.ketenpoort;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.nio.file.Path;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CORE = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void theCoreKnowsOnlyJava() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", "nl.ketenpoort..")
                .because("policy must outlive WildFly, CXF and Hibernate").allowEmptyShould(false).check(CORE);
    }

    @Test
    void thePackagesOfTheCoreHaveNoCycles() {
        slices().matching("nl.ketenpoort.(*)..").should().beFreeOfCycles()
                .because("a business step that can be read alone can be changed alone").allowEmptyShould(false)
                .check(CORE);
    }

    @Test
    void everyClassLiesInAPackageOfABusinessStep() {
        classes().should().resideInAPackage("nl.ketenpoort.*..").because("the packages are the story of a message")
                .allowEmptyShould(false).check(CORE);
    }
}
