package net.shoal.ui.rest;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import net.shoal.api.library.Share;
import net.shoal.api.library.ShareLibrary;
import net.shoal.api.library.ShareRequest;
import org.jspecify.annotations.Nullable;

/** Shares on their way: files are hashed before they are offered. Those that are done, or failed, are told for a while. Bounded. */
final class Preparations {
    private static final int MOST = 100;
    private static final long TOLD_MILLIS = 600_000;

    private final ShareLibrary library;
    private final LongSupplier clock;
    private final Map<String, Preparation> all = new ConcurrentHashMap<>();
    private final AtomicLong next = new AtomicLong(1);

    /** @param clock in milliseconds */
    Preparations(ShareLibrary library, LongSupplier clock) {
        this.library = library;
        this.clock = clock;
    }

    /** How one stands; written by the threads that hash. */
    private static final class Preparation {
        private final String job;
        private final long number;
        private final ShareRequest request;
        private volatile long hashed;
        private volatile long total;
        private volatile @Nullable Share share;
        private volatile @Nullable ApiException failure;
        private volatile long ended;
        private volatile @Nullable CompletableFuture<Share> stage;

        Preparation(long number, ShareRequest request) {
            this.job = "s" + number;
            this.number = number;
            this.request = request;
        }

        boolean isOver() {
            return share != null || failure != null;
        }

        Object toJson() {
            var served = share;
            var failed = failure;
            var path = request.path();
            return Json.object(
                    "job",
                    job,
                    "name",
                    request.options().title().orElseGet(() -> Objects.requireNonNullElse(path.getFileName(), path)
                            .toString()),
                    "path",
                    path.toString(),
                    "hashed",
                    hashed,
                    "total",
                    total,
                    "state",
                    served != null ? "shared" : failed != null ? "failed" : "hashing",
                    "id",
                    served == null ? null : served.metainfo().info().hashes().hex(),
                    "link",
                    served == null ? null : served.link().toString(),
                    "error",
                    failed == null ? null : failed.toJson());
        }
    }

    Object begin(ShareRequest request) throws ApiException {
        forgetOld();
        if (all.values().stream().filter(each -> !each.isOver()).count() >= MOST) {
            throw ApiException.tooMany(429, MOST + " shares are on their way already");
        }
        var one = new Preparation(next.getAndIncrement(), request);
        all.put(one.job, one);
        var stage = library.share(request, (hashed, total) -> {
                    one.hashed = hashed;
                    one.total = total;
                })
                .toCompletableFuture();
        one.stage = stage;
        stage.whenComplete((share, failure) -> end(one, share, failure));
        return one.toJson();
    }

    private void end(Preparation one, @Nullable Share share, @Nullable Throwable failure) {
        one.ended = clock.getAsLong();
        if (share != null) {
            one.total = share.metainfo().info().contentLength();
            one.hashed = one.total;
            one.share = share;
        } else if (failure != null) {
            one.failure = Waiting.failure(failure);
        }
    }

    /** In the order they were begun. */
    List<Object> list() {
        forgetOld();
        return all.values().stream()
                .sorted(Comparator.comparingLong(each -> each.number))
                .map(Preparation::toJson)
                .toList();
    }

    /** Breaks it off. False if there is none. */
    boolean forget(String job) {
        var one = Optional.ofNullable(all.remove(job));
        one.map(each -> each.stage).ifPresent(stage -> stage.cancel(true));
        return one.isPresent();
    }

    private void forgetOld() {
        long now = clock.getAsLong();
        all.values().removeIf(each -> each.isOver() && now - each.ended > TOLD_MILLIS);
        long over = all.values().stream().filter(Preparation::isOver).count();
        all.values().stream()
                .filter(Preparation::isOver)
                .sorted(Comparator.comparingLong(each -> each.ended))
                .limit(Math.max(0, over - MOST))
                .toList()
                .forEach(each -> all.remove(each.job));
    }
}
