package net.shoal.ui.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Files that browsers send to the node, each below a folder of its own. All of them are announced before the first byte; what is not whole
 * after an hour without a byte is removed. Safe for use from any thread.
 */
final class Uploads {
    private static final int MOST = 20;
    private static final long FORGOTTEN_MILLIS = 3_600_000;
    private static final int BUFFER = 64 * 1024;
    /** Left on the disk for others. */
    private static final long SPARE = 64L << 20;

    private final Path folder;
    private final LongSupplier clock;
    private final Map<String, Upload> all = new LinkedHashMap<>();
    private long next = 1;

    Uploads(Path folder, LongSupplier clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** One file that was announced; its path is safe. */
    record Announced(Path path, long size) {}

    /** Several files that belong together. */
    final class Upload {
        private final String id;
        private final Path root;
        private final List<Announced> files;
        private final BitSet complete = new BitSet();
        private final BitSet busy = new BitSet();
        private long received;
        private long touched = clock.getAsLong();

        private Upload(String id, Path root, List<Announced> files) {
            this.id = id;
            this.root = root;
            this.files = List.copyOf(files);
        }

        Path root() {
            return root;
        }

        synchronized boolean isComplete() {
            return complete.cardinality() == files.size();
        }

        synchronized Object toJson() {
            return Json.object(
                    "id",
                    id,
                    "path",
                    root.toString(),
                    "files",
                    (long) files.size(),
                    "size",
                    files.stream().mapToLong(Announced::size).sum(),
                    "received",
                    received,
                    "complete",
                    (long) complete.cardinality());
        }

        private synchronized void begin(int file) throws ApiException {
            if (complete.get(file) || busy.get(file)) {
                throw ApiException.conflict("this file has come, or is on its way", "");
            }
            busy.set(file);
        }

        private synchronized void got(long bytes) {
            received += bytes;
            touched = clock.getAsLong();
        }

        private synchronized void end(int file, boolean whole, long bytes) {
            busy.clear(file);
            if (whole) {
                complete.set(file);
            } else {
                received -= bytes;
            }
        }

        /** Takes the bytes of one file, exactly as many as were announced. */
        void receive(int index, InputStream in, long length) throws ApiException, IOException {
            if (index < 0 || index >= files.size()) {
                throw ApiException.unknown("this upload has no such file", "");
            }
            var file = files.get(index);
            if (length >= 0 && length != file.size()) {
                throw ApiException.wrong("the file was announced with " + file.size() + " bytes");
            }
            begin(index);
            long got = 0;
            boolean whole = false;
            try {
                Files.createDirectories(parent(file.path()));
                try (var out =
                        Files.newOutputStream(file.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    var buffer = new byte[BUFFER];
                    for (int n = in.read(buffer); n >= 0 && got <= file.size(); n = in.read(buffer)) {
                        if (got + n > file.size()) {
                            throw ApiException.tooLarge("the file is longer than was announced");
                        }
                        out.write(buffer, 0, n);
                        got += n;
                        got(n);
                    }
                }
                whole = got == file.size();
                if (!whole) {
                    throw ApiException.wrong("only " + got + " bytes of " + file.size() + " came");
                }
            } catch (FileAlreadyExistsException e) {
                throw ApiException.conflict("there is a file of this name already", "begin anew");
            } finally {
                if (!whole) {
                    Files.deleteIfExists(file.path());
                }
                end(index, whole, got);
            }
        }
    }

    private static Path parent(Path path) throws IOException {
        var parent = path.getParent();
        if (parent == null) {
            throw new IOException(path + " has no folder");
        }
        return parent;
    }

    /** @param files paths with {@code /}; of a single file its name */
    Upload begin(String name, boolean isFolder, Map<String, Long> files) throws ApiException, IOException {
        forgetOld();
        if (!isFolder && files.size() != 1) {
            throw ApiException.wrong("files", "several files are uploaded as a folder");
        }
        long size = checkedSize(files.values());
        UploadNames.check("name", name);
        for (var path : files.keySet()) {
            for (var part : path.split("/", -1)) {
                UploadNames.check("files", part);
            }
        }
        checkRoom(size);
        synchronized (this) {
            if (all.size() >= MOST) {
                throw ApiException.tooMany(429, MOST + " uploads are under way already");
            }
            var root = free(name);
            if (isFolder) {
                Files.createDirectory(root);
            }
            var announced = new ArrayList<Announced>();
            for (var file : files.entrySet()) {
                announced.add(new Announced(isFolder ? below(root, file.getKey()) : root, file.getValue()));
            }
            var upload = new Upload("u" + next++, root, announced);
            all.put(upload.id, upload);
            return upload;
        }
    }

    private static long checkedSize(Iterable<Long> sizes) throws ApiException {
        long sum = 0;
        for (long size : sizes) {
            sum = size > Long.MAX_VALUE - sum ? Long.MAX_VALUE : sum + size;
        }
        return sum;
    }

    private void checkRoom(long size) throws ApiException, IOException {
        Files.createDirectories(folder);
        long free = Files.getFileStore(folder).getUsableSpace();
        if (size > free - SPARE) {
            throw ApiException.tooLarge("there is no room for it: " + free + " bytes are free in " + folder);
        }
    }

    /** Never leaves the folder, whatever the names are; they were checked besides. */
    private static Path below(Path root, String path) throws ApiException {
        var file = root.resolve(path).normalize();
        if (!file.startsWith(root) || file.equals(root)) {
            throw ApiException.wrong("files", "'" + path + "' leads elsewhere");
        }
        return file;
    }

    /** The name, or one like it that nobody has. */
    private Path free(String name) throws ApiException {
        int dot = name.lastIndexOf('.');
        for (int i = 1; i < 10_000; i++) {
            var other =
                    i == 1 ? name : dot > 0 ? name.substring(0, dot) + " " + i + name.substring(dot) : name + " " + i;
            var path = below(folder, other);
            if (!Files.exists(path) && all.values().stream().noneMatch(upload -> upload.root.equals(path))) {
                return path;
            }
        }
        throw ApiException.conflict("there are too many of this name", "give it another");
    }

    synchronized Upload find(String id) throws ApiException {
        return Optional.ofNullable(all.get(id))
                .orElseThrow(() -> ApiException.unknown("there is no such upload", "begin anew"));
    }

    /** It is complete, and somebody else's now. */
    synchronized void done(Upload upload) {
        all.remove(upload.id);
    }

    void abandon(Upload upload) {
        done(upload);
        remove(upload);
    }

    private static void remove(Upload upload) {
        try (var paths = Files.exists(upload.root) ? Files.walk(upload.root) : java.util.stream.Stream.<Path>empty()) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Uploads.class).warn("{} is left over: {}", upload.root, e.getMessage());
        }
    }

    private void forgetOld() {
        List<Upload> old;
        synchronized (this) {
            long now = clock.getAsLong();
            old = all.values().stream()
                    .filter(upload -> now - upload.touched > FORGOTTEN_MILLIS)
                    .toList();
        }
        old.forEach(this::abandon);
    }

    /** What is not whole is of no use to anybody. */
    void close() {
        List<Upload> rest;
        synchronized (this) {
            rest = List.copyOf(all.values());
        }
        rest.forEach(this::abandon);
    }
}
