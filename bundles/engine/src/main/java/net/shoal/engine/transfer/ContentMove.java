package net.shoal.engine.transfer;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.TransferState;
import net.shoal.base.metainfo.Info;
import org.jspecify.annotations.Nullable;

/**
 * Takes the files of a transfer from where some of them still lie to where they belong, as its facts say. These are on disk before the
 * first file is touched, and storage goes on where it was: so it may be ended, or the node killed, at any instant. What fails is tried
 * again, later each time. On the transfer's loop, but for what storage does.
 */
final class ContentMove implements Activity {
    private static final long FIRST_RETRY_SECONDS = 2;
    private static final long LAST_RETRY_SECONDS = 60;
    private static final long TELL_NANOS = 250_000_000L;

    private final EngineParts parts;
    private final Executor mover;
    private final EventLoop loop;
    private final Info info;
    private final TransferFacts facts;
    private final ResumeSaver saver;
    private final Events events;
    private boolean working;
    private boolean underWay;
    private boolean failed;
    private long retrySeconds = FIRST_RETRY_SECONDS;
    private @Nullable Runnable afterwards;
    private volatile boolean cancelled;
    /** On the mover's thread. */
    private long told;

    /** Who hears of it. */
    interface Events {
        void onState(TransferState now);

        /** Nothing stands in the way. */
        void onUnderWay();

        /**
         * It failed before anything was moved.
         *
         * @return true if it is not to be tried again
         */
        boolean callOff(Exception cause);

        /** It has failed, and will be tried again. */
        void onFailed();

        /** All has arrived, or it was called off. */
        void onEnd();
    }

    ContentMove(
            EngineParts parts,
            Executor mover,
            EventLoop loop,
            Info info,
            TransferFacts facts,
            ResumeSaver saver,
            Events events) {
        this.parts = parts;
        this.mover = mover;
        this.loop = loop;
        this.info = info;
        this.facts = facts;
        this.saver = saver;
        this.events = events;
    }

    @Override
    public void start() {
        failed = false;
        working = true;
        saver.idle().whenComplete((saved, failure) -> loop.execute(this::submit));
    }

    private void submit() {
        var from = facts.leaving;
        var to = facts.location;
        var name = facts.storage.orElse(parts.defaultStorage());
        try {
            mover.execute(() -> {
                try {
                    move(name, from, to);
                    loop.execute(this::onMoved);
                } catch (IOException | RuntimeException e) {
                    loop.execute(() -> onFailed(e));
                } catch (LinkageError e) {
                    loop.execute(() -> onFailed(new IOException("the storage is gone", e)));
                }
            });
        } catch (RejectedExecutionException e) {
            onFailed(e);
        }
    }

    private void move(String name, List<ContentLocation> from, ContentLocation to) throws IOException {
        var storage = parts.storage(name);
        for (var place : from) {
            storage.move(info, place, to, this::onBytes);
        }
    }

    private void onBytes(long bytes) {
        if (cancelled) {
            throw new CancellationException("the move is broken off");
        }
        long now = System.nanoTime();
        if (bytes == 0 || now - told > TELL_NANOS) {
            told = now;
            double moved = Math.min(1, (double) bytes / Math.max(1, info.contentLength()));
            loop.execute(() -> onProgress(moved));
        }
    }

    private void onProgress(double moved) {
        if (!cancelled) {
            if (!underWay) {
                underWay = true;
                events.onUnderWay();
            }
            events.onState(new TransferState.Moving(moved));
        }
    }

    private void onMoved() {
        working = false;
        facts.leaving = List.of();
        saver.save(facts);
        if (afterwards != null) {
            afterwards.run();
        } else {
            events.onEnd();
        }
    }

    private void onFailed(Exception cause) {
        working = false;
        if (afterwards != null) {
            afterwards.run();
        } else if (!underWay && events.callOff(cause)) {
            events.onEnd();
        } else {
            failed = true;
            events.onFailed();
            events.onState(DiskTrouble.describe(
                    cause instanceof IOException e ? e : new IOException(cause.toString(), cause),
                    parts.clock().instant()));
            loop.schedule(this::retryNow, retrySeconds, TimeUnit.SECONDS);
            retrySeconds = Math.min(LAST_RETRY_SECONDS, 2 * retrySeconds);
        }
    }

    @Override
    public void retryNow() {
        if (failed && !cancelled) {
            events.onState(new TransferState.Moving(0));
            start();
        }
    }

    @Override
    public void tick(int secondsSinceLast) {}

    @Override
    public void end(Runnable then) {
        cancelled = true;
        if (working) {
            afterwards = then;
        } else {
            then.run();
        }
    }
}
