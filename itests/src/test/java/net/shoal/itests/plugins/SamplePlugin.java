package net.shoal.itests.plugins;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import net.shoal.itests.distribution.Running;

/** The plugin of the SDK, built once a run outside of this build, as the README of the SDK says. */
public final class SamplePlugin {
    public static final String NAME = "org.example.shoal.pack";
    private static final String JAR = "shoal-pack-1.0.0.jar";
    private static final int MINUTES = 10;

    private SamplePlugin() {}

    public static synchronized Path jar() throws IOException {
        var jar = project().resolve("target").resolve(JAR);
        if (!Files.exists(jar)) {
            build();
        }
        return jar;
    }

    private static Path root() {
        return Path.of(System.getProperty("shoal.root", "..")).toAbsolutePath().normalize();
    }

    private static Path work() throws IOException {
        var work = Path.of(System.getProperty("shoal.work", "target/it"))
                .toAbsolutePath()
                .normalize();
        // a folder of this JVM's, so that each run builds anew
        return Files.createDirectories(
                work.resolve("sdk-" + ProcessHandle.current().pid()));
    }

    private static Path project() throws IOException {
        return work().resolve("my-plugin");
    }

    private static void build() throws IOException {
        copy(root().resolve("plugins-sdk/sample"), project());
        var repository = root().resolve("plugins-sdk/repository/target/repository");
        if (!Files.isDirectory(repository)) {
            throw new IllegalStateException("there is no " + repository + "; run this test by ./mvnw verify");
        }
        var log = work().resolve("build.log");
        var process = Running.start(new ProcessBuilder(command(repository))
                .directory(project().toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log.toFile()));
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError("the sample plugin is not built:\n" + Running.tail(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Running.end(process);
        }
    }

    /**
     * As the README has it, but for two things that only a test needs: a local repository that is nobody's, and what this build has fetched
     * already as the first place to look for the rest.
     */
    private static List<String> command(Path repository) throws IOException {
        var settings = work().resolve("settings.xml");
        var nearby = localRepository().toUri();
        Files.writeString(
                settings,
                """
                <settings>
                  <profiles>
                    <profile>
                      <id>nearby</id>
                      <repositories>
                        <repository>
                          <id>nearby</id>
                          <url>%1$s</url>
                          <releases><checksumPolicy>ignore</checksumPolicy></releases>
                          <snapshots><enabled>false</enabled></snapshots>
                        </repository>
                      </repositories>
                      <pluginRepositories>
                        <pluginRepository>
                          <id>nearby</id>
                          <url>%1$s</url>
                          <releases><checksumPolicy>ignore</checksumPolicy></releases>
                          <snapshots><enabled>false</enabled></snapshots>
                        </pluginRepository>
                      </pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles>
                    <activeProfile>nearby</activeProfile>
                  </activeProfiles>
                </settings>
                """
                        .formatted(nearby));
        return new ArrayList<>(List.of(
                root().resolve("mvnw").toString(),
                "--batch-mode",
                "--no-transfer-progress",
                "--global-settings",
                settings.toString(),
                "-Dmaven.repo.local=" + work().resolve("m2"),
                "package",
                "-Dshoal.repository=" + repository.toUri()));
    }

    /** Of the build that runs this test. */
    private static Path localRepository() {
        return Path.of(
                System.getProperty("shoal.local-repository", System.getProperty("user.home") + "/.m2/repository"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(file -> !from.relativize(file).startsWith("target"))
                    .toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** The same plugin in another version. */
    public static Path inVersion(String version, Path folder) throws IOException {
        var made = folder.resolve("shoal-pack-" + version + ".jar");
        try (var jar = new JarFile(jar().toFile());
                OutputStream file = Files.newOutputStream(made)) {
            var manifest = jar.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (var out = new JarOutputStream(file, manifest)) {
                for (var entry : jar.stream().toList()) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new ZipEntry(entry.getName()));
                        try (var in = jar.getInputStream(entry)) {
                            in.transferTo(out);
                        }
                        out.closeEntry();
                    }
                }
            }
        }
        return made;
    }
}
