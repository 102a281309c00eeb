package net.shoal.itests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.xml.sax.SAXException;

/** The bundles of this build, as they were packaged a moment ago. */
final class Reactor {
    private final Path root;

    Reactor(Path root) {
        this.root = root;
    }

    static Reactor ofThisBuild() {
        return new Reactor(
                Path.of(System.getProperty("shoal.root", "..")).toAbsolutePath().normalize());
    }

    Path root() {
        return root;
    }

    /** Every folder below {@code bundles} that is a module with code of its own. */
    List<OurBundle> bundles() throws IOException {
        try (var files = Files.walk(root.resolve("bundles"), 4)) {
            return files.filter(file -> file.endsWith("pom.xml") && Files.exists(file.resolveSibling("bnd.bnd")))
                    .map(Path::getParent)
                    .filter(module -> !module.equals(root.resolve("bundles")))
                    .sorted()
                    .map(this::bundle)
                    .toList();
        }
    }

    private OurBundle bundle(Path module) {
        var path = root.resolve("bundles").relativize(module).toString().replace('\\', '/');
        try {
            var artifactId = artifactId(module.resolve("pom.xml"));
            try (var jar = new JarFile(packaged(module, artifactId).toFile())) {
                return new OurBundle(path, artifactId, headers(jar), packages(jar));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }

    private static Path packaged(Path module, String artifactId) throws IOException {
        try (var jars = Files.newDirectoryStream(module.resolve("target"), artifactId + "-*.jar")) {
            for (var jar : jars) {
                return jar;
            }
        }
        throw new IOException("not packaged yet; run this test by ./mvnw verify");
    }

    private static String artifactId(Path pom) throws IOException {
        try {
            var document = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile());
            return XPathFactory.newDefaultInstance().newXPath().evaluate("/project/artifactId", document);
        } catch (ParserConfigurationException | SAXException | XPathExpressionException e) {
            throw new IOException("its pom.xml cannot be read", e);
        }
    }

    private static Map<String, String> headers(JarFile jar) throws IOException {
        var headers = new TreeMap<String, String>();
        jar.getManifest().getMainAttributes().forEach((name, value) -> headers.put(name.toString(), value.toString()));
        return headers;
    }

    private static Set<String> packages(JarFile jar) {
        var packages = new TreeSet<String>();
        jar.stream()
                .map(JarEntry::getName)
                .filter(name -> name.endsWith(".class"))
                .forEach(name -> {
                    int end = name.lastIndexOf('/');
                    packages.add(end < 0 ? "" : name.substring(0, end).replace('/', '.'));
                });
        return packages;
    }
}
