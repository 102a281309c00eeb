package net.shoal.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The folder all state of a node lies below, as the launcher needs it. */
record HomeFolder(Path root) {
    /** {@code --home}, else {@code $SHOAL_HOME}, else the platform's usual place. */
    static HomeFolder of(Optional<String> option, Map<String, String> environment) {
        var named = option.or(
                () -> Optional.ofNullable(environment.get("SHOAL_HOME")).filter(text -> !text.isBlank()));
        var path = named.map(Path::of).orElseGet(() -> usual(System.getProperty("os.name", ""), environment));
        return new HomeFolder(path.toAbsolutePath().normalize());
    }

    static Path usual(String system, Map<String, String> environment) {
        // as the launch script: $HOME, which a service or a test may set, before what the user database says
        var user = folder(environment, "HOME").orElseGet(() -> Path.of(System.getProperty("user.home", ".")));
        var os = system.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            return folder(environment, "LOCALAPPDATA").orElse(user).resolve("Shoal");
        }
        if (os.startsWith("mac")) {
            return user.resolve("Library/Application Support/Shoal");
        }
        return folder(environment, "XDG_DATA_HOME")
                .orElse(user.resolve(".local/share"))
                .resolve("shoal");
    }

    private static Optional<Path> folder(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).map(Path::of).filter(Path::isAbsolute);
    }

    Path nodeFile() {
        return root.resolve("node.json");
    }

    Path lockFile() {
        return root.resolve("lock");
    }

    Path log() {
        return root.resolve("log");
    }

    Path cache() {
        return root.resolve("cache");
    }

    /** Makes what is needed before the node's own bundles take over, for the owner's eyes only. */
    void make() throws IOException {
        for (var folder : new Path[] {root, log(), cache()}) {
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }
}
