package net.shoal.plugins;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import net.shoal.api.node.Plugin;
import net.shoal.api.node.PluginException;
import org.osgi.framework.Version;

/**
 * A jar that was read whole and may be a plugin: what it is called and what there is to tell of it. Nothing of it has been loaded.
 *
 * @param ownPackages that hold its classes
 */
record PluginJar(String name, Version version, Plugin.Contents contents, List<Need> needs, List<String> ownPackages) {
    /** OSGi Core, symbolic-name; bounded, since a file is named by it. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    private static final int LONGEST_NAME = 150;
    private static final int LONGEST_VERSION = 60;
    private static final String OURS = "net.shoal.";

    static PluginJar read(Path jar, JarLimits limits) throws PluginException, IOException {
        var scan = JarScan.of(jar, limits);
        try {
            return of(jar, scan);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(
                    "its manifest cannot be understood (" + Failures.oneLine(String.valueOf(e.getMessage())) + ")");
        }
    }

    private static PluginJar of(Path jar, JarScan scan) throws PluginException, IOException {
        var headers = scan.headers();
        var name = name(headers);
        refuse(headers);
        refuseWhatIsOurs(name, scan);
        var described = Descriptors.of(scan.metadata());
        refuseSettingsOfOurs(described);
        var needs = Need.of(headers, scan.classVersion());
        var contents = new Plugin.Contents(
                headers.text("Bundle-Name"),
                headers.text("Bundle-Description"),
                headers.text("Bundle-Vendor"),
                headers.text("Bundle-License"),
                Files.size(jar),
                sha256(jar),
                scan.signature().signer(),
                services(headers, described),
                List.copyOf(described.commands()),
                exports(headers),
                List.copyOf(described.settings()),
                needs.stream()
                        .map(Need::words)
                        .filter(words -> !words.isEmpty())
                        .sorted()
                        .distinct()
                        .toList(),
                warnings(headers));
        return new PluginJar(name, version(headers), contents, needs, List.copyOf(scan.packages()));
    }

    List<String> lacks(Offers offers) {
        return needs.stream()
                .map(need -> need.lack(offers))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static String name(Headers headers) throws PluginException {
        var clauses = headers.clauses("Bundle-SymbolicName");
        if (clauses.size() != 1 || !"2".equals(headers.text("Bundle-ManifestVersion"))) {
            throw Refusal.of("its manifest has no Bundle-SymbolicName, so it is no OSGi bundle");
        }
        var name = clauses.get(0).names().get(0);
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw Refusal.of("its Bundle-SymbolicName is no name of letters, digits, dots, - and _");
        }
        return name;
    }

    private static Version version(Headers headers) throws PluginException {
        try {
            var text = headers.text("Bundle-Version");
            if (text.isEmpty() || text.length() > LONGEST_VERSION) {
                throw Refusal.of("its manifest has no Bundle-Version, such as 1.0.0");
            }
            return Version.parseVersion(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.of("its Bundle-Version is none (" + e.getMessage() + "); 1.0.0 is one");
        }
    }

    private static void refuse(Headers headers) throws PluginException {
        if (headers.has("Fragment-Host")) {
            throw Refusal.of(
                    "it is a fragment, which would become part of another bundle; plugins meet the node by its services");
        }
        if (headers.has("Require-Bundle")) {
            throw Refusal.of("it asks for whole bundles (Require-Bundle); plugins import packages of the api");
        }
        if (headers.has("DynamicImport-Package")) {
            throw Refusal.of("it would import packages unseen (DynamicImport-Package); plugins name what they import");
        }
    }

    /** Names of the house; a copy of the api would be another api, which nothing here speaks. */
    private static void refuseWhatIsOurs(String name, JarScan scan) throws PluginException {
        if (name.startsWith(OURS) || name.equals("net.shoal")) {
            throw Refusal.of(
                    "names that begin with " + OURS + " are those of Shoal's own bundles, and it is called " + name);
        }
        for (var held : scan.packages()) {
            if (held.startsWith(OURS)) {
                throw Refusal.of("it has a copy of Shoal's package " + held + " in it; plugins import such packages");
            }
            if (held.startsWith("java.") || held.startsWith("org.osgi.")) {
                throw Refusal.of("it has a copy of " + held + " in it; plugins import such packages");
            }
        }
    }

    private static void refuseSettingsOfOurs(Descriptors described) throws PluginException {
        for (var pid : described.settings()) {
            if (pid.startsWith(OURS) || !NAME.matcher(pid).matches()) {
                throw Refusal.of("it describes the settings " + pid + ", which are not its own");
            }
        }
    }

    private static List<String> services(Headers headers, Descriptors described) {
        var services = new TreeSet<>(described.services());
        headers.clauses("Provide-Capability").stream()
                .filter(clause -> clause.names().contains("osgi.service"))
                .forEach(clause -> services.addAll(clause.list("objectClass")));
        return List.copyOf(services);
    }

    private static List<String> exports(Headers headers) {
        var exports = new ArrayList<String>();
        for (var clause : headers.clauses("Export-Package")) {
            var version = clause.attributes().getOrDefault("version", "");
            clause.names().forEach(name -> exports.add((name + " " + version).strip()));
        }
        return exports;
    }

    private static List<String> warnings(Headers headers) {
        var warnings = new ArrayList<String>();
        if (headers.has("Bundle-NativeCode")) {
            warnings.add("it brings native code, which can do anything this user can");
        }
        return warnings;
    }

    static String sha256(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
