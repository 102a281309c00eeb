package net.shoal.itests.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An unpacked distribution. */
public record Distribution(Path folder) {
    /** The one this build has just made. */
    public static Distribution ofThisBuild() {
        var property = System.getProperty("shoal.distribution");
        if (property == null) {
            throw new IllegalStateException("no -Dshoal.distribution=FOLDER; run this test by ./mvnw verify");
        }
        var folder = Path.of(property).toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(
                    "there is no distribution at " + folder + "; run this test by ./mvnw verify");
        }
        return new Distribution(folder);
    }

    public Path launcher() {
        return folder.resolve("bin").resolve("shoal");
    }

    /** Installed into every node; those below {@code interactive} only where there is a terminal. */
    public List<Path> bundles() throws IOException {
        return jars(folder.resolve("bundles"), 1);
    }

    /** Also installed where there is a terminal, but for those that speak to it themselves. */
    public List<Path> interactiveBundles() throws IOException {
        return jars(folder.resolve("bundles/interactive"), 1).stream()
                .filter(jar -> !jar.toString().contains("jline"))
                .toList();
    }

    /** On the launcher's class path. */
    public List<Path> libraries() throws IOException {
        return jars(folder.resolve("lib"), 1);
    }

    public List<String> jarNames() throws IOException {
        return jars(folder, Integer.MAX_VALUE).stream()
                .map(jar -> String.valueOf(jar.getFileName()))
                .toList();
    }

    private static List<Path> jars(Path folder, int depth) throws IOException {
        try (var files = Files.walk(folder, depth)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
