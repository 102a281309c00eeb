package net.shoal.itests.container;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.systemPackage;
import static org.ops4j.pax.exam.CoreOptions.url;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import net.shoal.itests.distribution.Distribution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.ops4j.pax.exam.ExamSystem;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestAddress;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.TestContainerException;
import org.ops4j.pax.exam.nat.internal.NativeTestContainer;
import org.ops4j.pax.exam.spi.DefaultExamSystem;
import org.ops4j.pax.exam.spi.PaxExamRuntime;
import org.osgi.framework.BundleContext;

/** A node in this JVM: Pax Exam's native container with the distribution's bundles in a home of its own. */
final class NodeContainer implements AutoCloseable {
    /** What Pax Exam needs to run a probe; its names are those of the links in pax-exam-link-assembly. */
    private static final List<String> EXAM_BUNDLES = List.of(
            "org.ops4j.base",
            "org.ops4j.pax.swissbox.core",
            "org.ops4j.pax.swissbox.extender",
            "org.ops4j.pax.swissbox.framework",
            "org.ops4j.pax.swissbox.lifecycle",
            "org.ops4j.pax.swissbox.tracker",
            "org.ops4j.pax.exam.inject",
            "org.ops4j.pax.extender.service");

    private static final int EXAM_LEVEL = 2;
    private static final int NODE_LEVEL = 3;
    /** Pax Exam starts probes at 5; higher bundles stay down. */
    private static final int RUNNING_LEVEL = 5;

    private final ExamSystem system;
    private final TestContainer container;
    private final Path home;
    private @Nullable TestAddress probe;

    private NodeContainer(ExamSystem system, Path home) {
        this.system = system;
        this.container = PaxExamRuntime.createContainer(system).start();
        this.home = home;
    }

    /** With a probe, to run tests in. */
    static NodeContainer start() {
        try {
            return start(bundles()).withProbe();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The distribution's. */
    static List<Path> bundles() throws IOException {
        var distribution = Distribution.ofThisBuild();
        return Stream.concat(distribution.bundles().stream(), distribution.interactiveBundles().stream())
                .toList();
    }

    /** Installs and starts the bundles in this order. */
    static NodeContainer start(List<Path> bundles) throws IOException {
        var home = Files.createTempDirectory("shoal-container");
        var options = new ArrayList<Option>(List.of(cleanCaches(), frameworkStartLevel(RUNNING_LEVEL)));
        systemPackages().forEach(name -> options.add(systemPackage(name)));
        properties(home)
                .forEach((key, value) -> options.add(frameworkProperty(key).value(value)));
        EXAM_BUNDLES.forEach(name -> options.add(
                url("link:classpath:META-INF/links/" + name + ".link").startLevel(EXAM_LEVEL)));
        for (var jar : bundles) {
            var option = bundle(jar.toUri().toString()).startLevel(NODE_LEVEL);
            options.add(isFragment(jar) ? option.noStart() : option);
        }
        // not PaxExamRuntime.createTestSystem, which adds a log service of its own
        var system = DefaultExamSystem.create(options.toArray(Option[]::new));
        return new NodeContainer(system, home);
    }

    Path home() {
        return home;
    }

    BundleContext context() {
        return ((NativeTestContainer) container).getSystemBundle().getBundleContext();
    }

    /** Makes a bundle of the compiled test classes in there, to {@link #call} into. */
    NodeContainer withProbe() throws IOException {
        var builder = system.createProbe();
        probe = builder.addTest(InContainer.class, "run");
        container.installProbe(builder.build().getStream());
        return this;
    }

    /** Runs one test method inside, and throws what it throws. */
    void call(Class<?> testClass, String method, Object[] arguments) throws Throwable {
        var values = List.of(testClass.getName(), method, (Object) arguments);
        try {
            container.call(new ProbeCall(Objects.requireNonNull(probe, "no probe"), method, values));
        } catch (TestContainerException e) {
            throw cause(e);
        }
    }

    private static Throwable cause(Throwable wrapped) {
        var inner = wrapped;
        while (inner.getCause() != null
                && (inner instanceof TestContainerException || inner instanceof InvocationTargetException)) {
            inner = inner.getCause();
        }
        return inner;
    }

    @Override
    public void close() {
        container.stop();
    }

    private static Stream<String> systemPackages() throws IOException {
        var libraries = Distribution.ofThisBuild().libraries().stream().flatMap(jar -> SystemPackages.of(jar).stream());
        var forTests = Stream.of(
                        Assertions.class,
                        org.junit.jupiter.params.ParameterizedTest.class,
                        org.opentest4j.AssertionFailedError.class,
                        org.assertj.core.api.Assertions.class,
                        org.awaitility.Awaitility.class)
                .flatMap(SystemPackages::ofJarWith);
        var forExam = Stream.of("javax.inject;version=1.0.0", "sun.misc", "sun.nio.ch");
        return Stream.of(libraries, forTests, forExam).flatMap(s -> s);
    }

    /** As the launcher gives them to a node. */
    private static Map<String, String> properties(Path home) {
        return Map.of(
                "shoal.home", home.toString(),
                "shoal.temporary", "false",
                "shoal.version", "0",
                "shoal.settings", "net.shoal.net:scope=loopback\nnet.shoal.net:listen=127.0.0.1:0",
                "ds.loglevel", "2",
                "felix.cm.pm", "memory",
                "ds.delayed.keepInstances", "true");
    }

    private static boolean isFragment(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue("Fragment-Host") != null;
        }
    }
}
