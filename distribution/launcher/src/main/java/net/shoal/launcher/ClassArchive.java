package net.shoal.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archive of loaded classes (AppCDS) that makes later starts quicker; {@code bin/shoal} names it to the JVM where it is there. Made once
 * for each version of Shoal and of Java, some time after the start of a node that has none, by a process of low priority that starts a node
 * in a home of its own, uses it a little and ends. Nothing depends on it: any failure is a line in the log.
 */
final class ClassArchive implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
    /** After what a user wants first. */
    private static final long DELAY_SECONDS = 20;

    private static final long LIMIT_SECONDS = 180;
    private static final long CLOSE_MILLIS = 500;
    private static final String WORK = "training-";
    private static final String PREFIX = "shoal-";
    private static final String SUFFIX = ".jsa";

    private final Path cache;
    private final Path archive;
    private final Distribution distribution;
    private final Thread thread = new Thread(this::make, "shoal-class-archive");

    private ClassArchive(Path cache, Path archive, Distribution distribution) {
        this.cache = cache;
        this.archive = archive;
        this.distribution = distribution;
    }

    /** Makes it in the background, if there is none and the script would look for one. */
    static ClassArchive makeLater(HomeFolder home, Distribution distribution) {
        var java = System.getProperty("shoal.java", "");
        var archive = home.cache().resolve(PREFIX + distribution.version() + "-java-" + java + SUFFIX);
        var maker = new ClassArchive(home.cache(), archive, distribution);
        if (!java.isEmpty() && !Files.exists(archive)) {
            maker.thread.setDaemon(true);
            maker.thread.start();
        }
        return maker;
    }

    /** Gives up what is not done. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void make() {
        try {
            Thread.sleep(TimeUnit.SECONDS.toMillis(DELAY_SECONDS));
            removeLeftOvers();
            var work = Files.createTempDirectory(cache, WORK);
            try {
                var made = work.resolve("classes" + SUFFIX);
                if (train(work, made) && Files.size(made) > 0) {
                    removeOld();
                    Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
                    LOG.info("Later starts are quicker: {}", archive);
                }
            } finally {
                removeAll(work);
            }
        } catch (IOException e) {
            LOG.info("The class archive was not made: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean train(Path work, Path made) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (File.separatorChar == '/') {
            command.addAll(List.of("nice", "-n", "19"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-XX:ArchiveClassesAtExit=" + made,
                "-Dshoal.dist=" + distribution.root(),
                "-Dshoal.training=" + work,
                "-jar",
                distribution.launcherJar().toString()));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        try {
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 && Files.exists(made);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Of a node that was killed meanwhile. */
    private void removeLeftOvers() throws IOException {
        try (var folders = Files.newDirectoryStream(cache, WORK + "*")) {
            for (var folder : folders) {
                removeAll(folder);
            }
        }
    }

    private void removeOld() throws IOException {
        try (var old = Files.newDirectoryStream(cache, PREFIX + "*" + SUFFIX)) {
            for (var file : old) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void removeAll(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, java.io.IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
