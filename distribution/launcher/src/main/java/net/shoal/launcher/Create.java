package net.shoal.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.shoal.base.command.Invocation;
import net.shoal.base.command.MetainfoOptions;
import net.shoal.base.command.Reply;
import net.shoal.base.command.View;
import net.shoal.base.metainfo.FileWalk;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.metainfo.MetainfoCreator;
import net.shoal.base.metainfo.MetainfoWriter;

/** {@code create}: makes a .torrent here, without a node. */
final class Create {
    private static final long PROGRESS_NANOS = 200_000_000;
    private final View view;

    Create(View view) {
        this.view = view;
    }

    int run(Invocation invocation, Path cwd) {
        try {
            var path = cwd.resolve(invocation.argument(0)).normalize();
            var metainfo = create(path, invocation);
            var file = invocation
                    .value("--save")
                    .map(cwd::resolve)
                    .orElseGet(() -> cwd.resolve(metainfo.info().name() + ".torrent"));
            write(
                    file,
                    MetainfoWriter.write(metainfo),
                    invocation.value("--save").isPresent());
            view.show(new Reply.Result(result(metainfo, file)));
            return 0;
        } catch (IllegalArgumentException | IOException e) {
            view.show(new Reply.Failure("failed", String.valueOf(e.getMessage()), ""));
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    private Metainfo create(Path path, Invocation invocation) throws IOException, InterruptedException {
        int threads = Runtime.getRuntime().availableProcessors();
        var pool = Executors.newFixedThreadPool(threads, task -> {
            var thread = new Thread(task, "shoal-hash");
            thread.setDaemon(true);
            return thread;
        });
        try {
            var name = Objects.requireNonNullElse(path.getFileName(), path).toString();
            var next = new AtomicLong(System.nanoTime() + PROGRESS_NANOS);
            return new MetainfoCreator(pool, threads)
                    .create(FileWalk.list(path), MetainfoOptions.of(invocation), (hashed, total) -> {
                        long now = System.nanoTime();
                        if (now - next.get() >= 0) {
                            next.set(now + PROGRESS_NANOS);
                            view.show(new Reply.Progress(
                                    "", name, hashed, total, 0, 0, 0, OptionalLong.empty(), "hashing", ""));
                        }
                    });
        } finally {
            pool.shutdownNow();
            pool.awaitTermination(1, TimeUnit.SECONDS);
        }
    }

    /** @param replace the user has named this very file */
    private static void write(Path file, byte[] bytes, boolean replace) throws IOException {
        if (!replace && Files.exists(file)) {
            throw new IOException(file + " is there already; name another with --save");
        }
        var parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new IOException("the folder of " + file + " does not exist; make it first");
        }
        var part = parent.resolve(file.getFileName() + ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static Map<String, Object> result(Metainfo metainfo, Path file) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", metainfo.info().hashes().hex());
        fields.put("name", metainfo.info().name());
        fields.put("size", metainfo.info().contentLength());
        fields.put("link", MagnetLink.of(metainfo, List.of()).toString());
        fields.put("file", file.toString());
        return fields;
    }
}
