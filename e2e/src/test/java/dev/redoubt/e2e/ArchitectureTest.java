package dev.redoubt.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The directions in which the rooms may depend on each other, as docs/architecture.md draws them. */
@AnalyzeClasses(packages = "dev.redoubt", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule contractKnowsNobody = room("crds").allows();

    @ArchTest
    static final ArchRule profilesKnowNobody = room("profiles").allows();

    @ArchTest
    static final ArchRule vectorsKnowNobody = room("vectors").allows();

    @ArchTest
    static final ArchRule policyKnowsProfiles = room("policy").allows("profiles");

    @ArchTest
    static final ArchRule redactKnowsPolicy = room("redact").allows("policy", "profiles");

    @ArchTest
    static final ArchRule wireKnowsWhatItApplies = room("wire").allows("profiles", "policy", "redact", "vectors");

    @ArchTest
    static final ArchRule sidecarKnowsWire = room("sidecar").allows("wire", "profiles", "policy", "redact", "vectors");

    @ArchTest
    static final ArchRule probeKnowsNoGuard = room("probe").allows("redact", "vectors", "profiles", "policy");

    @ArchTest
    static final ArchRule injectionKnowsTheContract = room("injection").allows("crds", "profiles", "policy");

    @ArchTest
    static final ArchRule webhookKnowsInjection = room("webhook").allows("injection", "crds", "profiles", "policy");

    @ArchTest
    static final ArchRule controllerKnowsInjection =
            room("controller").allows("crds", "injection", "policy", "profiles", "redact");

    @ArchTest
    static final ArchRule pureRoomsDoNoInputOrOutput = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.redoubt.redact..", "dev.redoubt.wire..", "dev.redoubt.vectors..", "dev.redoubt.injection..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.file..", "io.vertx..", "io.fabric8.kubernetes.client.dsl..")
            .because("they are tested as functions and run in more than one process");

    @ArchTest
    static final ArchRule desiredStateIsComputedWithoutAClient = methods()
            .that()
            .haveName("desired")
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage("dev.redoubt.controller..")
            .should()
            .notHaveRawParameterTypes(new DescribedPredicate<>("a Kubernetes client") {
                @Override
                public boolean test(java.util.List<JavaClass> types) {
                    return types.stream()
                            .anyMatch(type -> type.isAssignableTo("io.fabric8.kubernetes.client.KubernetesClient"));
                }
            });

    @ArchTest
    static final ArchRule noPackagesInCircles =
            slices().matching("dev.redoubt.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noRoomForEverything = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper");

    private static Room room(String name) {
        return new Room(name);
    }

    private record Room(String name) {
        ArchRule allows(String... others) {
            String[] allowed = new String[others.length + 1];
            allowed[0] = "dev.redoubt." + name + "..";
            for (int i = 0; i < others.length; i++) {
                allowed[i + 1] = "dev.redoubt." + others[i] + "..";
            }
            return classes()
                    .that()
                    .resideInAPackage("dev.redoubt." + name + "..")
                    .should()
                    .onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(allowed)
                            .or(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("dev.redoubt.."))));
        }
    }
}
