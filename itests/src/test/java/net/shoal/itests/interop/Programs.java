package net.shoal.itests.interop;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Programs of the operating system; a test that needs one that is missing is skipped, with the words {@code .ci/run} looks for. */
public final class Programs {
    private static final String PYTHON = "/usr/bin/python3";

    private Programs() {}

    public static void require(String program, String debianPackage) {
        boolean installed = Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv("PATH") + ":/usr/sbin:/sbin")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        assume(installed, program, debianPackage);
    }

    static void requirePythonModule(String module, String debianPackage) {
        try {
            var process = new ProcessBuilder(PYTHON, "-c", "import " + module)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assume(process.waitFor() == 0, module + " for " + PYTHON, debianPackage);
        } catch (IOException e) {
            assume(false, PYTHON, "python3");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static void requireRoot() {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "skipped: not root, who alone can make a network namespace");
    }

    /** A script of the test resources, run by Debian's Python. */
    static List<String> script(String name) {
        var folder = System.getProperty("shoal.scripts", "src/test/resources/interop");
        return List.of(PYTHON, Path.of(folder).toAbsolutePath().resolve(name).toString());
    }

    private static void assume(boolean there, String what, String debianPackage) {
        Assumptions.assumeTrue(
                there, () -> "skipped: %s is not installed (apt-get install %s)".formatted(what, debianPackage));
    }
}
