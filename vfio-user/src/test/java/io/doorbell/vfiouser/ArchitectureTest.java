package io.doorbell.vfiouser;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.stream.Stream;

/** Who in this module may know whom; the packages say so in their package-info as well. */
class ArchitectureTest {
    private static final String OWN = "io.doorbell.vfiouser.";
    private static final JavaClasses MODULE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.doorbell.vfiouser");

    @Test
    void module_knowsTheBusAndTheRuntime_andNoDeviceHostOrSimulation() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                OWN + ".",
                                "io.doorbell.bus..",
                                "io.doorbell.spec..",
                                "io.doorbell.reactor..",
                                "org.apache.pekko..",
                                "com.typesafe.config..",
                                "java..",
                                "org.jspecify..",
                                "org.slf4j.."))
                .check(MODULE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "posix    :",
                "protocol : posix",
                "memory   : posix",
                "pci      :",
                "client   : protocol posix",
                "server   : protocol memory pci posix"
            })
    void eachPackage_knowsOnlyThese(String name, String known) {
        String[] allowed =
                Stream.concat(
                                Stream.of(name),
                                known == null ? Stream.of() : Stream.of(known.split(" ", -1)))
                        .map(each -> OWN + each)
                        .toArray(String[]::new);
        assertThat(MODULE.that(resideInAnyPackage(OWN + name))).as(name).isNotEmpty();
        noClasses()
                .that()
                .resideInAPackage(OWN + name)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(OWN + ".")
                                .and(
                                        com.tngtech.archunit.base.DescribedPredicate.not(
                                                resideInAnyPackage(allowed))))
                .check(MODULE);
    }

    @Test
    void nativeCalls_areOfOnePackage() {
        for (String call : List.of("java.lang.foreign.Linker", "java.lang.foreign.SymbolLookup")) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(OWN + "posix")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName(call)
                    .check(MODULE);
        }
    }

    /** A function of one host needs no actors; sessions do. */
    @Test
    void actors_areTheServersOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(OWN + "server")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.pekko..", "io.doorbell.reactor..")
                .check(MODULE);
    }
}
