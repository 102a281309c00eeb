package net.shoal.launcher;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/** The unpacked distribution this process runs from. */
record Distribution(Path root, String version) {
    static Distribution ofThisProcess() {
        var named = Optional.ofNullable(System.getProperty("shoal.dist")).map(Path::of);
        var version = Optional.ofNullable(Program.class.getPackage().getImplementationVersion());
        return new Distribution(
                named.orElseGet(Distribution::besideTheJar).toAbsolutePath().normalize(), version.orElse("0.0.0"));
    }

    /** {@code <dist>/lib/shoal-launcher.jar} tells where {@code <dist>} is. */
    private static Path besideTheJar() {
        try {
            var jar = Path.of(Program.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            var lib = jar.getParent();
            var root = lib == null ? null : lib.getParent();
            return root == null ? Path.of("") : root;
        } catch (URISyntaxException e) {
            return Path.of("");
        }
    }

    Path launcherJar() {
        return root.resolve("lib").resolve("shoal-launcher-" + version + ".jar");
    }

    String versionInWords() {
        return "shoal " + version + " (Java " + System.getProperty("java.version") + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ")";
    }
}
