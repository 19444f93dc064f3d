package nl.ketenpoort;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.nio.file.Path;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    /** With {@code javax.naming} and {@code x500} the JDK reads the subject of a certificate. */
    private static final String[] ONLY_JAVA = {"java..", "javax.naming..", "javax.security.auth.x500",
            "nl.ketenpoort.."};
    private static final JavaClasses CORE = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void theCoreKnowsOnlyJava() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage(ONLY_JAVA)
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
