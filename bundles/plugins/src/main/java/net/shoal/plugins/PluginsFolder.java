package net.shoal.plugins;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.api.node.PluginException;
import net.shoal.base.command.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code <home>/plugins}: the jars, {@code plugins.json} that says which of them are installed, {@code inbox/} where what comes is looked at
 * first, and {@code starting} while one starts. Every step can be the last one: jars that are being brought in or taken out are named in
 * the state before it happens. Not safe for use by several threads.
 */
final class PluginsFolder {
    private static final Logger LOG = LoggerFactory.getLogger(PluginsFolder.class);
    private static final int FORMAT = 1;
    private static final long LARGEST_STATE = 4 << 20;
    private static final String STATE = "plugins.json";
    private static final String MARKER = "starting";

    private final Path folder;
    private final JarLimits limits;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<String> leftOver = new ArrayList<>();

    private PluginsFolder(Path folder, JarLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /** Reads the state and clears away what was left half done. @throws IOException with a sentence, if it cannot be used */
    static PluginsFolder open(Path folder, JarLimits limits) throws IOException {
        var opened = new PluginsFolder(folder, limits);
        Files.createDirectories(opened.inbox());
        opened.load();
        opened.clearAway();
        return opened;
    }

    private Path inbox() {
        return folder.resolve("inbox");
    }

    private void load() throws IOException {
        var file = folder.resolve(STATE);
        if (!Files.exists(file)) {
            return;
        }
        try {
            if (Files.size(file) > LARGEST_STATE) {
                throw new IllegalArgumentException("it is too large");
            }
            var state = Json.readObject(Files.readString(file));
            if (!(state.get("format") instanceof Long format) || format > FORMAT) {
                throw new IllegalArgumentException("it was written by a newer version of Shoal");
            }
            for (var item : list(state, "plugins")) {
                if (item instanceof Map<?, ?> fields) {
                    var entry = Entry.of(fields);
                    entries.put(entry.name(), entry);
                }
            }
            list(state, "left_over").forEach(name -> leftOver.add(String.valueOf(name)));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static List<?> list(Map<String, Object> state, String name) {
        return state.get(name) instanceof List<?> list ? list : List.of();
    }

    private void clearAway() throws IOException {
        try (var received = Files.newDirectoryStream(inbox())) {
            for (var file : received) {
                Files.deleteIfExists(file);
            }
        }
        if (!leftOver.isEmpty()) {
            for (var name : leftOver) {
                if (entries.values().stream().noneMatch(entry -> entry.file().equals(name))) {
                    Files.deleteIfExists(folder.resolve(name));
                }
            }
            leftOver.clear();
            save();
        }
    }

    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    Optional<Entry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    Path jar(Entry entry) {
        return folder.resolve(entry.file());
    }

    /** Jars in the folder that are not installed; somebody put them there. */
    List<Path> strangers() {
        try (var jars = Files.newDirectoryStream(folder, "*.jar")) {
            var strangers = new ArrayList<Path>();
            for (var jar : jars) {
                if (entries.values().stream().noneMatch(entry -> jar.equals(jar(entry)))) {
                    strangers.add(jar);
                }
            }
            return strangers;
        } catch (IOException e) {
            return List.of();
        }
    }

    /** A copy to look at, which nobody changes meanwhile. The caller deletes it. */
    Path receive(Path source) throws PluginException, IOException {
        if (!Files.isRegularFile(source)) {
            throw new PluginException(
                    Files.exists(source) ? source + " is no file" : "there is no file " + source,
                    "name the jar of a plugin");
        }
        var copy = Files.createTempFile(inbox(), "received-", ".jar");
        try (var in = Files.newInputStream(source);
                var out = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            var buffer = new byte[1 << 16];
            long total = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                total += read;
                if (total > limits.jarBytes()) {
                    throw Refusal.of("it is larger than " + (limits.jarBytes() >> 20) + " MiB");
                }
                writeAll(out, ByteBuffer.wrap(buffer, 0, read));
            }
            out.force(true);
        } catch (IOException | PluginException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
        return copy;
    }

    /** Moves what was received to where it stays; it is not installed before {@link #put}. */
    void bringIn(Path received, String fileName) throws IOException {
        leftOver.add(fileName);
        save();
        Files.move(
                received,
                folder.resolve(fileName),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** The jar that was brought in is not kept. One that cannot be deleted now is at the next start. */
    void takeBack(String fileName) throws IOException {
        try {
            Files.deleteIfExists(folder.resolve(fileName));
            leftOver.remove(fileName);
        } catch (IOException e) {
            LOG.info("{} is deleted with the next start of the node: {}", fileName, e.toString());
        }
        save();
    }

    /** From now on it is this one that is installed; the jar of its predecessor goes. */
    void put(Entry entry) throws IOException {
        leftOver.remove(entry.file());
        var before = Optional.ofNullable(entries.put(entry.name(), entry))
                .map(Entry::file)
                .filter(file -> !file.equals(entry.file()));
        before.ifPresent(leftOver::add);
        save();
        if (before.isPresent()) {
            takeBack(before.get());
        }
    }

    void remove(Entry entry) throws IOException {
        entries.remove(entry.name());
        leftOver.add(entry.file());
        save();
        takeBack(entry.file());
    }

    // ---- while one starts

    /** Remembers, also should the node end, that this jar was being started. */
    void beginStart(String fileName) throws IOException {
        replace(folder.resolve(MARKER), fileName);
    }

    void endStart() throws IOException {
        Files.deleteIfExists(folder.resolve(MARKER));
    }

    /** The jar that was being started when the node ended; asked once. */
    Optional<String> interruptedStart() throws IOException {
        var marker = folder.resolve(MARKER);
        if (!Files.exists(marker)) {
            return Optional.empty();
        }
        var fileName = Files.readString(marker).strip();
        Files.delete(marker);
        return Optional.of(fileName);
    }

    // ---- writing

    private void save() throws IOException {
        var state = new LinkedHashMap<String, Object>();
        state.put("format", FORMAT);
        state.put("plugins", entries.values().stream().map(Entry::fields).toList());
        state.put("left_over", leftOver);
        replace(folder.resolve(STATE), Json.write(state) + "\n");
    }

    /** In one step: whoever reads it, also after a power cut, sees the old one or the new one. */
    private static void replace(Path file, String text) throws IOException {
        var temporary = file.resolveSibling("." + file.getFileName() + ".new");
        try (var out = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            writeAll(out, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            out.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
