package io.doorbell.testkit;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/**
 * The rules that keep the modules apart and every run replayable. Each rule of the second kind is
 * also shown a class that breaks it, so that none can pass by looking at nothing.
 */
class ArchitectureTest {
    private static final String SPEC = "io.doorbell.spec..";
    private static final String BUS = "io.doorbell.bus..";
    private static final String CONTROLLER = "io.doorbell.controller..";
    private static final String GUEST = "io.doorbell.guest..";
    private static final String REACTOR = "io.doorbell.reactor..";

    private static final JavaClasses PRODUCT =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.doorbell");

    @Test
    void everyModuleIsLookedAt() {
        for (String module : List.of(SPEC, BUS, CONTROLLER, GUEST, REACTOR)) {
            assertThat(PRODUCT.that(resideInAnyPackage(module))).as(module).isNotEmpty();
        }
    }

    @Test
    void spec_usesOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage(SPEC)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(SPEC, "java..", "org.jspecify.."))
                .check(PRODUCT);
    }

    @Test
    void bus_knowsTheSpecificationAndActorReferences() {
        classes()
                .that()
                .resideInAPackage(BUS)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                BUS,
                                SPEC,
                                "java..",
                                "org.jspecify..",
                                "org.apache.pekko.actor.typed"))
                .check(PRODUCT);
    }

    @Test
    void controllerAndGuest_meetOnlyInTheBus() {
        noClasses()
                .that()
                .resideInAPackage(CONTROLLER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GUEST, REACTOR, "io.doorbell.testkit..", "io.doorbell.cli..")
                .check(PRODUCT);
        noClasses()
                .that()
                .resideInAPackage(GUEST)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        CONTROLLER, REACTOR, "io.doorbell.testkit..", "io.doorbell.cli..")
                .check(PRODUCT);
    }

    @Test
    void simulation_knowsDeviceAndHostOnlyWhereItPutsThemTogether() {
        noClasses()
                .that()
                .resideInAPackage("io.doorbell.simulation..")
                .and()
                .resideOutsideOfPackages(
                        "io.doorbell.simulation.lab..",
                        "io.doorbell.simulation.machine..",
                        "io.doorbell.simulation.explore..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CONTROLLER, GUEST)
                .check(PRODUCT);
    }

    @Test
    void reactor_knowsNothingOfNvme() {
        noClasses()
                .that()
                .resideInAPackage(REACTOR)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SPEC, BUS, CONTROLLER, GUEST)
                .check(PRODUCT);
    }

    /** The command runs without JUnit on its class path. */
    @Test
    void junit_isKnownToItsPackageOnly() {
        String own = "io.doorbell.testkit.junit..";
        assertThat(PRODUCT.that(resideInAnyPackage(own))).isNotEmpty();
        noClasses()
                .that()
                .resideOutsideOfPackage(own)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(own, "org.junit..", "org.opentest4j..")
                .check(PRODUCT);
    }

    /** A rule for the code of actors, and a class that breaks it. */
    record ActorRule(String what, ArchRule rule, Class<?> offender) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<ActorRule> actorRules() {
        return List.of(
                new ActorRule(
                        "no clock",
                        noCalls(
                                calls(System.class, "nanoTime", "currentTimeMillis")
                                        .or(calls(java.time.Instant.class, "now"))
                                        .or(calls(java.time.LocalDateTime.class, "now"))
                                        .or(calls(java.time.Clock.class, "systemUTC"))),
                        Offenders.ReadsClock.class),
                new ActorRule(
                        "no chance",
                        noCalls(
                                calls(Math.class, "random")
                                        .or(calls(java.util.UUID.class, "randomUUID"))
                                        .or(
                                                calls(
                                                        java.util.concurrent.ThreadLocalRandom
                                                                .class,
                                                        "current"))),
                        Offenders.DrawsLots.class),
                new ActorRule(
                        "no random generator",
                        noUse("java.util.Random", "java.util.SplittableRandom", "java.security.."),
                        Offenders.HasRandom.class),
                new ActorRule(
                        "no thread is made, stopped or put to sleep",
                        noCalls(
                                calls(Thread.class, "start", "sleep", "join", "ofVirtual")
                                        .or(calls(Object.class, "wait", "notify", "notifyAll"))),
                        Offenders.Sleeps.class),
                new ActorRule(
                        "no lock, executor or future",
                        noUse(
                                "java.util.concurrent.locks..",
                                "java.util.concurrent.Executor",
                                "java.util.concurrent.ExecutorService",
                                "java.util.concurrent.CompletableFuture",
                                "org.apache.pekko.actor.typed.javadsl.AskPattern"),
                        Offenders.Locks.class),
                new ActorRule(
                        "no parallel stream",
                        noCalls(
                                calls(java.util.Collection.class, "parallelStream")
                                        .or(calls(java.util.stream.BaseStream.class, "parallel"))),
                        Offenders.GoesParallel.class),
                new ActorRule(
                        "no collection whose order differs from run to run",
                        noUse(
                                "java.util.HashMap",
                                "java.util.HashSet",
                                "java.util.IdentityHashMap",
                                "java.util.WeakHashMap"),
                        Offenders.Hashes.class),
                new ActorRule(
                        "no Set.of or Map.of, whose order differs from JVM to JVM",
                        noCalls(
                                calls(java.util.Set.class, "of", "copyOf")
                                        .or(calls(java.util.Map.class, "of", "copyOf"))),
                        Offenders.UsesSetOf.class));
    }

    @ParameterizedTest
    @MethodSource("actorRules")
    void actorCode_keepsTheRule(ActorRule rule) {
        rule.rule().check(PRODUCT.that(resideInAnyPackage(CONTROLLER, GUEST)));
    }

    @ParameterizedTest
    @MethodSource("actorRules")
    void theRule_catchesWhoBreaksIt(ActorRule rule) {
        JavaClasses offender = new ClassFileImporter().importClasses(rule.offender());
        assertThatThrownBy(() -> rule.rule().check(offender))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(rule.offender().getSimpleName());
    }

    @Test
    void actorCode_isNotSynchronized() {
        ArchRuleDefinition.noMethods()
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .check(PRODUCT.that(resideInAnyPackage(CONTROLLER, GUEST)));
    }

    private static DescribedPredicate<JavaCall<?>> calls(Class<?> type, String... methods) {
        DescribedPredicate<JavaCall<?>> any = DescribedPredicate.alwaysFalse().forSubtype();
        for (String method : methods) {
            any = any.or(target(owner(assignableTo(type))).and(target(name(method))));
        }
        return any.as("calls " + type.getSimpleName() + "." + String.join(", ", methods));
    }

    private static ArchRule noCalls(DescribedPredicate<JavaCall<?>> forbidden) {
        return classes().should(not(callMethodWhere(forbidden)));
    }

    private static ArchRule noUse(String... types) {
        DescribedPredicate<com.tngtech.archunit.core.domain.JavaClass> any =
                DescribedPredicate.alwaysFalse().forSubtype();
        for (String type : types) {
            any =
                    any.or(
                            type.endsWith("..")
                                    ? resideInAnyPackage(type)
                                    : com.tngtech.archunit.core.domain.JavaClass.Predicates.type(
                                                    classOf(type))
                                            .forSubtype());
        }
        return noClasses().should().dependOnClassesThat(any.as(String.join(", ", types)));
    }

    private static Class<?> classOf(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException error) {
            throw new AssertionError(error);
        }
    }
}
