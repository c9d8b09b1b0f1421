package dev.lenet.app;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.lenet.app.command.Program;
import dev.lenet.app.console.Console;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/architecture.md draws as arrows, on the classes that ship: all modules, without their tests. */
class ArchitectureTest {
    private static final JavaClasses SHIPPED = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.lenet");

    /** What every module may use: the JDK, and annotations that are not needed to run. */
    private static final String[] JDK = {"java..", "org.jspecify.annotations"};

    /** A text of Java's, on one line. */
    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"");

    private static final Pattern OPTION = Pattern.compile("--[a-z]");

    private static String[] jdkAnd(String... packages) {
        return Stream.concat(Arrays.stream(JDK), Arrays.stream(packages)).toArray(String[]::new);
    }

    /** A rule about classes that are not there is kept by everybody. */
    @ParameterizedTest
    @CsvSource({
        "dev.lenet.api, 50, dev.lenet.api.training.TrainingLoop",
        "dev.lenet.engine.jvm, 20, dev.lenet.engine.jvm.NativeEngineProvider",
        "dev.lenet.engine.djl, 10, dev.lenet.engine.djl.DjlEngineProvider",
        "dev.lenet.tck, 20, dev.lenet.tck.EngineContract",
        "dev.lenet.vision, 10, dev.lenet.vision.DigitImage",
        "dev.lenet.datasets, 10, dev.lenet.datasets.DatasetFinder",
        "dev.lenet.report, 30, dev.lenet.report.Report",
        "dev.lenet.interop, 20, dev.lenet.interop.Onnx",
        "dev.lenet.app, 50, dev.lenet.app.Main"
    })
    void theClassesOfEveryModuleAreLookedAt(String module, int atLeast, String known) {
        assertThat(SHIPPED.that(resideInAPackage(module + "..")).stream()
                        .filter(JavaClass::isTopLevelClass)
                        .count())
                .as("top-level classes of %s", module)
                .isGreaterThanOrEqualTo(atLeast);
        assertThat(SHIPPED.contain(known)).as(known).isTrue();
        assertThat(SHIPPED.contain(ArchitectureTest.class)).as("tests").isFalse();
    }

    /** Everything else in them is package-private, and can change without a word to the programs that use them. */
    @ParameterizedTest
    @CsvSource({
        "dev.lenet.vision, ColourPicture DigitImage GreyPicture ModelImage Preparation Writing",
        "dev.lenet.datasets, DatasetFinder DatasetKind IdxPair ImageSource MadeUpImages",
        "dev.lenet.report, Report TrainingHistory",
        "dev.lenet.report.chart, Chart ConfusionMatrix Curve FeatureMaps Heatmaps ImageGrid LineChart ReliabilityDiagram Thumbnail",
        "dev.lenet.report.tensorboard, EventFile TensorBoardListener",
        "dev.lenet.interop, ModelFiles Onnx OnnxOptions SourceCode StateDict WebPage"
    })
    void aLibraryShowsAFewTypes(String library, String face) {
        assertThat(SHIPPED.that(resideInAPackage(library)).stream()
                        .filter(type ->
                                type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName)
                        // The build makes these of templates, public as it likes; a program has no use for them.
                        .filter(name -> !name.startsWith("Jte")))
                .containsExactlyInAnyOrder(face.split(" ", -1));
    }

    @Test
    void theApiNeedsTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("dev.lenet.api..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(jdkAnd("dev.lenet.api.."))
                .check(SHIPPED);
    }

    @Test
    void theNativeEngineNeedsTheApiAlone() {
        classes()
                .that()
                .resideInAPackage("dev.lenet.engine.jvm..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(jdkAnd(
                        "dev.lenet.engine.jvm..", "dev.lenet.api..", "jdk.incubator.vector..", "com.sun.management.."))
                .check(SHIPPED);
    }

    @Test
    void theDjlEngineNeedsTheApiAndDjlAlone() {
        classes()
                .that()
                .resideInAPackage("dev.lenet.engine.djl..")
                .should()
                .onlyDependOnClassesThat()
                // JNA comes with DJL, and DJL logs through SLF4J.
                .resideInAnyPackage(
                        jdkAnd("dev.lenet.engine.djl..", "dev.lenet.api..", "ai.djl..", "com.sun.jna..", "org.slf4j.."))
                .check(SHIPPED);
    }

    @Test
    void theEngineContractNeedsTheApiAndTheTestLibrariesAlone() {
        classes()
                .that()
                .resideInAPackage("dev.lenet.tck..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(jdkAnd("dev.lenet.tck..", "dev.lenet.api..", "org.junit..", "org.assertj.."))
                .check(SHIPPED);
    }

    /** Storage knows no room; use cases do not know the terminal, so that another program can run them. */
    @ParameterizedTest
    @CsvSource({
        "storage, usecase console serve command",
        "usecase, console command",
        "serve, usecase console storage command",
        "console, serve command",
        "config, usecase console serve storage command"
    })
    void aRoomOfTheAppKnowsNoneOfTheOthers(String room, String others) {
        noClasses()
                .that()
                .resideInAPackage("dev.lenet.app." + room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Stream.of(others.split(" ", -1))
                        .map(other -> "dev.lenet.app." + other)
                        .toArray(String[]::new))
                .check(SHIPPED);
    }

    @Test
    void theReportNeedsTheApiAndItsTemplatesAlone() {
        classes()
                .that()
                .resideInAPackage("dev.lenet.report..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(jdkAnd("dev.lenet.report..", "dev.lenet.api..", "gg.jte..", "javax.imageio.."))
                .check(SHIPPED);
    }

    @Test
    void interopNeedsTheApiAlone() {
        classes()
                .that()
                .resideInAPackage("dev.lenet.interop..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(jdkAnd("dev.lenet.interop..", "dev.lenet.api.."))
                .check(SHIPPED);
    }

    @Test
    void visionNeedsTheApiAlone() {
        classes()
                .that()
                .resideInAPackage("dev.lenet.vision..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(jdkAnd("dev.lenet.vision..", "dev.lenet.api..", "javax.imageio.."))
                .check(SHIPPED);
    }

    @Test
    void dataSetsNeedTheApiVisionAndDjlsRepositoryAlone() {
        classes()
                .that()
                .resideInAPackage("dev.lenet.datasets..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(jdkAnd(
                        "dev.lenet.datasets..",
                        "dev.lenet.api..",
                        "dev.lenet.vision..",
                        "ai.djl..",
                        "com.google.gson..",
                        "javax.net.."))
                .check(SHIPPED);
    }

    @Test
    void noEngineKnowsAnother() {
        slices().matching("dev.lenet.engine.(*)..")
                .should()
                .notDependOnEachOther()
                .check(SHIPPED);
    }

    /** Libraries are used alone: what a report shows comes through the api, and so do the images of a data set. */
    @Test
    void libraryKnowsLibraryOnlyWhereDrawn() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.lenet.vision..", "dev.lenet.report..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.lenet.datasets..")
                .check(SHIPPED);
    }

    @Test
    void noOtherPackageKnowsAnEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.lenet.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.lenet.engine..")
                .check(SHIPPED);
    }

    @Test
    void noLibraryKnowsTheApp() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.lenet.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.lenet.app..")
                .check(SHIPPED);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("dev.lenet.(**)").should().beFreeOfCycles().check(SHIPPED);
    }

    /** {@code Main} hands the streams on, a command has them by default, and the console asks whether one is a terminal. */
    @Test
    void theConsoleAlonePrints() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .and()
                .doNotHaveFullyQualifiedName("dev.lenet.app.command.ConfiguredCommand")
                .and()
                .doNotHaveFullyQualifiedName(Console.class.getName())
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(SHIPPED);
    }

    /** With {@code --verbose}, and only there. */
    @Test
    void oneClassPrintsStackTraces() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Program.class.getName())
                .should()
                .callMethodWhere(target(name("printStackTrace")))
                .check(SHIPPED);
    }

    /** Java's own text needs fonts, which servers and containers often have not: pictures draw outlines instead. Made-up images do without letters there. */
    @Test
    void noPictureNeedsAFont() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.MadeUpImages.*")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.awt.Font")
                .orShould()
                .callMethodWhere(target(name("drawString")))
                .orShould()
                .callMethodWhere(target(name("drawGlyphVector")))
                .check(SHIPPED);
    }

    /** Files are data: reading one runs no code that it chose. */
    @Test
    void nothingIsDeserialized() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .check(SHIPPED);
    }

    /** Their users may have no command line: {@code OptionHints} adds the options that the application has. */
    @ParameterizedTest
    @ValueSource(
            strings = {"api", "vision", "datasets", "interop", "engine-native", "engine-djl", "examples/custom-engine"})
    void noSentenceOfALibrarySpeaksOfAnOption(String module) throws IOException {
        List<String> texts;
        try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main"))) {
            texts = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(ArchitectureTest::texts)
                    .toList();
        }
        assertThat(texts).as("texts of %s", module).hasSizeGreaterThan(5);
        // That one is Java's own.
        assertThat(texts).noneMatch(text -> OPTION.matcher(text.replace("--add-modules ", ""))
                .find());
    }

    /** What stands between quotation marks. */
    private static Stream<String> texts(Path file) {
        try {
            return STRING.matcher(Files.readString(file)).results().map(MatchResult::group);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
