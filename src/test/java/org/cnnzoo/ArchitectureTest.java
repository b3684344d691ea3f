package org.cnnzoo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room knows which: the rules that keep each package readable on its own. */
@AnalyzeClasses(
        packages = "org.cnnzoo",
        importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
    @ArchTest
    static final ArchRule SPEC_AND_NETWORK_DO_NOT_SEE_DL4J =
            noClasses()
                    .that()
                    .resideInAnyPackage("org.cnnzoo.spec..", "org.cnnzoo.network..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.datavec..");

    @ArchTest
    static final ArchRule PICOCLI_APPEARS_IN_CLI_ALONE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("org.cnnzoo.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule NO_PACKAGE_DEPENDS_ON_ITSELF_IN_A_CIRCLE =
            slices().matching("org.cnnzoo.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule BUILD_KNOWS_NEITHER_DATA_NOR_TRAINING_NOR_THE_COMMAND_LINE =
            noClasses()
                    .that()
                    .resideInAPackage("org.cnnzoo.build..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.cnnzoo.data..", "org.cnnzoo.train..", "org.cnnzoo.cli..");

    @ArchTest
    static final ArchRule DATA_KNOWS_NO_MODELS =
            noClasses()
                    .that()
                    .resideInAPackage("org.cnnzoo.data..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.cnnzoo.build..", "org.cnnzoo.network..", "org.cnnzoo.train..");

    @ArchTest
    static final ArchRule YAML_IS_READ_IN_SPEC_AND_DATA_ALONE =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("org.cnnzoo.spec..", "org.cnnzoo.data..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.snakeyaml..");

    @ArchTest
    static final ArchRule SPARK_APPEARS_IN_SPARK_ALONE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("org.cnnzoo.spark..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.spark..", "scala..", "org.apache.hadoop..");

    @ArchTest
    static final ArchRule DL4JS_PAGES_APPEAR_IN_ONE_CLASS =
            noClasses()
                    .that()
                    .haveNameNotMatching("org\\.cnnzoo\\.ui\\.PageServer(\\$.*)?")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.deeplearning4j.ui..", "org.deeplearning4j.core..", "io.vertx..");

    @ArchTest
    static final ArchRule SPARK_KNOWS_NOT_WHAT_THE_WORK_IS =
            noClasses()
                    .that()
                    .resideInAPackage("org.cnnzoo.spark..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.cnnzoo.cli..",
                            "org.cnnzoo.session..",
                            "org.cnnzoo.trial..",
                            "org.cnnzoo.train..",
                            "org.cnnzoo.sweep..",
                            "org.cnnzoo.recipe..",
                            "org.cnnzoo.build..");
}
