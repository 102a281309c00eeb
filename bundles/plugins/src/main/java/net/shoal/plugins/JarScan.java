package net.shoal.plugins;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import net.shoal.api.node.PluginException;

/**
 * Reads a jar from its first byte to its last, without loading anything of it: what lies in it, within bounds, and who signed it.
 *
 * @param headers of its manifest
 * @param metadata the XML documents below {@code OSGI-INF}, by name
 * @param packages that hold classes, with {@code .}
 * @param classVersion the highest of its class files' major versions; 0 where it has none
 */
record JarScan(
        Headers headers, Map<String, byte[]> metadata, Set<String> packages, int classVersion, Signature signature) {
    private static final int CLASS_MAGIC = 0xCAFEBABE;
    private static final int BUFFER = 1 << 16;

    /** @throws PluginException if it is no jar that could be a plugin's */
    static JarScan of(Path jar, JarLimits limits) throws PluginException, IOException {
        if (Files.size(jar) > limits.jarBytes()) {
            throw Refusal.of("it is larger than " + (limits.jarBytes() >> 20) + " MiB");
        }
        try {
            checkDirectory(jar, limits);
            try (var file = new JarFile(jar.toFile(), true)) {
                return new Reader(file, limits).read();
            }
        } catch (IOException | IllegalArgumentException e) {
            throw Refusal.of(
                    "it is no jar that can be read (" + Failures.oneLine(String.valueOf(e.getMessage())) + ")",
                    "download it again, perhaps");
        } catch (SecurityException e) {
            throw Refusal.of(
                    "it was changed after it was signed (" + e.getMessage() + ")",
                    "get it from where it comes from again");
        }
    }

    /** What the directory of the archive claims, before anything is unpacked. */
    private static void checkDirectory(Path jar, JarLimits limits) throws PluginException, IOException {
        var names = new HashSet<String>();
        long unpacked = 0;
        try (var zip = new ZipFile(jar.toFile())) {
            if (zip.size() > limits.entries()) {
                throw Refusal.of("it has " + zip.size() + " entries, more than " + limits.entries());
            }
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                checkName(entry.getName());
                if (!names.add(entry.getName())) {
                    throw Refusal.of("it has two entries " + entry.getName());
                }
                if (entry.getSize() < 0 || (isHeld(entry.getName()) && entry.getSize() > limits.metadataBytes())) {
                    throw Refusal.of("its " + entry.getName() + " is too large");
                }
                unpacked += entry.getSize();
            }
        }
        if (unpacked > limits.unpackedBytes()) {
            throw tooLarge(limits);
        }
    }

    private static void checkName(String name) throws PluginException {
        boolean isWild = name.isEmpty()
                || name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0
                || List.of(name.split("/", -1)).contains("..");
        if (isWild) {
            throw Refusal.of("one of its entries has a name that leads elsewhere");
        }
    }

    private static boolean isHeld(String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("META-INF/") || upper.startsWith("OSGI-INF/");
    }

    private static PluginException tooLarge(JarLimits limits) {
        return Refusal.of("unpacked it is larger than " + (limits.unpackedBytes() >> 20) + " MiB");
    }

    /** One use, one jar. */
    private static final class Reader {
        private final JarFile jar;
        private final JarLimits limits;
        private final Map<String, byte[]> metadata = new TreeMap<>();
        private final Set<String> packages = new TreeSet<>();
        private final Signature.Gathering signers = new Signature.Gathering();
        private final byte[] buffer = new byte[BUFFER];
        private int classVersion;
        private long unpacked;

        Reader(JarFile jar, JarLimits limits) {
            this.jar = jar;
            this.limits = limits;
        }

        JarScan read() throws PluginException, IOException {
            var manifest = jar.getManifest();
            if (manifest == null) {
                throw Refusal.of("it has no manifest, so it is no OSGi bundle");
            }
            for (var entries = jar.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                read(entry);
                signers.add(entry);
            }
            return new JarScan(
                    Headers.of(manifest),
                    Map.copyOf(metadata),
                    Set.copyOf(packages),
                    classVersion,
                    signers.of(manifest.getEntries().keySet()));
        }

        /** To its end: that is what checks its signature. */
        private void read(ZipEntry entry) throws PluginException, IOException {
            var name = entry.getName();
            try (var in = jar.getInputStream(entry)) {
                if (name.startsWith("OSGI-INF/") && name.endsWith(".xml")) {
                    metadata.put(name, in.readNBytes(limits.metadataBytes()));
                } else if (name.endsWith(".class")) {
                    lookAtClass(name, in.readNBytes(8));
                }
                drain(in);
            }
        }

        private void lookAtClass(String name, byte[] head) throws IOException {
            boolean isOfAnotherVersion = name.startsWith("META-INF/");
            if (head.length < 8 || isOfAnotherVersion) {
                return;
            }
            var in = new DataInputStream(new ByteArrayInputStream(head));
            if (in.readInt() == CLASS_MAGIC) {
                in.readUnsignedShort();
                classVersion = Math.max(classVersion, in.readUnsignedShort());
            }
            int end = name.lastIndexOf('/');
            packages.add(end < 0 ? "" : name.substring(0, end).replace('/', '.'));
        }

        private void drain(InputStream in) throws PluginException, IOException {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                unpacked += read;
                if (unpacked > limits.unpackedBytes()) {
                    throw tooLarge(limits);
                }
            }
        }
    }
}
