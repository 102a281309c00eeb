package net.shoal.itests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Timer;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Base is values and formats: it starts no threads, opens no files or sockets, and reads no clock, or says in its package-info that it does. */
@TestInstance(Lifecycle.PER_CLASS)
class BaseCodeIT {
    /** What a package-info says where its package does read or write files on purpose. */
    private static final Pattern DECLARES_IO = Pattern.compile("\\b(files?|folders?|sockets?|streams?)\\b");

    private final Path bundles = Reactor.ofThisBuild().root().resolve("bundles");
    private JavaClasses base = new ClassFileImporter().importClasses();
    private JavaClasses all = base;

    @BeforeAll
    void readClasses() throws IOException {
        base = new ClassFileImporter().importPaths(classes(bundles.resolve("base")));
        all = new ClassFileImporter().importPaths(classes(bundles));
    }

    @Test
    void baseStartsNoThreads() {
        noClasses()
                .should()
                .callCodeUnitWhere(describe("start a thread or make an executor", BaseCodeIT::startsThreads))
                .because("executors are passed in, as java.util.concurrent.Executor")
                .check(base);
    }

    @Test
    void baseTouchesNoFilesOrSocketsUnlessItsPackageSaysSo() {
        noClasses()
                .that(describe("do not declare it in their package-info", type -> !declaresIo(type)))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.nio.channels..", "javax.net..")
                        .or(assignableTo(java.io.File.class))
                        .or(assignableTo(java.net.Socket.class))
                        .or(assignableTo(java.net.ServerSocket.class))
                        .or(assignableTo(java.net.DatagramSocket.class))
                        .or(assignableTo(java.net.http.HttpClient.class)))
                .allowEmptyShould(true)
                .check(base);
    }

    @Test
    void nothingKeepsMutableStatics() {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .check(all);
    }

    @Test
    void classesAreNamedByWhatDiffers() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Util|Utils|Manager|Helper)$|.*\\.Abstract[A-Z]\\w*")
                .orShould()
                .resideInAPackage("..impl..")
                .check(all);
    }

    private static boolean startsThreads(JavaCall<?> call) {
        var owner = call.getTargetOwner();
        boolean makesExecutor = owner.isEquivalentTo(Executors.class)
                || owner.isEquivalentTo(Timer.class)
                || call.getName().equals("commonPool");
        boolean makesThread = owner.isAssignableTo(Thread.class)
                && (call.getName().equals("<init>") || call.getName().equals("start"));
        return makesExecutor || makesThread;
    }

    private boolean declaresIo(JavaClass type) {
        var folder = type.getPackageName().replace('.', '/');
        try (var modules = Files.newDirectoryStream(bundles.resolve("base"))) {
            for (var module : modules) {
                var info = module.resolve("src/main/java").resolve(folder).resolve("package-info.java");
                if (Files.exists(info)) {
                    return declares(Files.readString(info));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return false;
    }

    private static boolean declares(String packageInfo) {
        var words = packageInfo.substring(0, packageInfo.indexOf("*/")).toLowerCase(Locale.ROOT);
        return DECLARES_IO.matcher(words).find() && !words.contains("touches a file");
    }

    private static Path[] classes(Path folder) throws IOException {
        try (var files = Files.walk(folder, 5)) {
            return files.filter(file -> file.endsWith("target/classes") && Files.isDirectory(file))
                    .toArray(Path[]::new);
        }
    }
}
