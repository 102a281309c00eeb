package net.shoal.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;

/** What the class path exports to bundles: the {@code Export-Package} of every jar on it, without directives. */
final class SystemPackages {
    /** Parts of the JDK that libraries reach for and the framework does not export by itself. */
    private static final List<String> OF_THE_JDK = List.of("sun.misc", "sun.nio.ch");

    private SystemPackages() {}

    static String of(List<Path> jars) throws IOException {
        Set<String> packages = new LinkedHashSet<>(OF_THE_JDK);
        for (var jar : jars) {
            try (var file = new JarFile(jar.toFile(), false)) {
                var manifest = file.getManifest();
                var exports =
                        manifest == null ? null : manifest.getMainAttributes().getValue("Export-Package");
                if (exports != null) {
                    clauses(exports).forEach(clause -> packages.add(withVersionOnly(clause)));
                }
            }
        }
        return String.join(",", packages);
    }

    /** The jars of the class path, those named by the launcher's own manifest included. */
    static List<Path> classPath(Path lib) throws IOException {
        try (var entries = Files.list(lib)) {
            return entries.filter(path -> path.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** Splits at the commas that are not quoted. */
    static List<String> clauses(String header) {
        return split(header, ',');
    }

    /** {@code a;b;uses:="c,d";version="1"} as {@code a;b;version="1"}. */
    static String withVersionOnly(String clause) {
        var parts = split(clause, ';').stream()
                .filter(part -> !part.contains("=") || part.strip().startsWith("version="))
                .map(String::strip)
                .toList();
        return String.join(";", parts);
    }

    private static List<String> split(String text, char separator) {
        var parts = new ArrayList<String>();
        boolean quoted = false;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(begin, i));
                begin = i + 1;
            }
        }
        parts.add(text.substring(begin));
        return parts;
    }

    /** For a launcher that is not started from a distribution: whatever is on its class path. */
    static List<Path> ofThisProcess() {
        return List.of(System.getProperty("java.class.path", "").split(File.pathSeparator)).stream()
                .filter(name -> name.endsWith(".jar"))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .toList();
    }
}
