package net.shoal.itests.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import net.shoal.itests.distribution.Distribution;

/** The console's files as the distribution has them. */
final class ConsoleFiles {
    private static final String INSIDE = "net/shoal/ui/console/www/";

    private ConsoleFiles() {}

    static Path unpack(Path folder) throws IOException {
        try (var jar = new JarFile(bundle().toFile())) {
            for (var entry : java.util.Collections.list(jar.entries())) {
                if (entry.getName().startsWith(INSIDE) && !entry.isDirectory()) {
                    var target = folder.resolve(entry.getName().substring(INSIDE.length()))
                            .normalize();
                    Files.createDirectories(target.getParent());
                    try (var in = jar.getInputStream(entry)) {
                        Files.copy(in, target);
                    }
                }
            }
        }
        return folder;
    }

    private static Path bundle() throws IOException {
        try (var files = Files.list(Distribution.ofThisBuild().folder().resolve("bundles/console"))) {
            return files.filter(jar -> String.valueOf(jar.getFileName()).startsWith("shoal-ui-console"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the distribution has no console"));
        }
    }
}
