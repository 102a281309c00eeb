package net.shoal.itests.container;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.OSGiHeader;
import aQute.bnd.osgi.Processor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** What the framework exports of this JVM's class path, as {@code package;version=…}. */
final class SystemPackages {
    private SystemPackages() {}

    /** What the jar of this class exports by its manifest, or every package that it holds. */
    static Stream<String> ofJarWith(Class<?> type) {
        try {
            return of(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI()))
                    .stream();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> of(Path jar) {
        try (var file = new JarFile(jar.toFile())) {
            var manifest = file.getManifest();
            var exports = manifest == null ? null : manifest.getMainAttributes().getValue("Export-Package");
            if (exports == null) {
                return file.stream()
                        .map(entry -> entry.getName())
                        .filter(name -> name.endsWith(".class") && name.contains("/") && !name.startsWith("META-INF"))
                        .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
                        .distinct()
                        .toList();
            }
            return OSGiHeader.parseHeader(exports).stream()
                    .mapToObj((name, attributes) -> clause(Processor.removeDuplicateMarker(name), attributes))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(jar + ": " + e.getMessage(), e);
        }
    }

    private static String clause(String name, Attrs attributes) {
        return attributes.getVersion() == null ? name : name + ";version=" + attributes.getVersion();
    }
}
