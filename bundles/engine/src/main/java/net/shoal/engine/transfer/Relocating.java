package net.shoal.engine.transfer;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.StorageException;
import net.shoal.base.metainfo.Info;
import org.jspecify.annotations.Nullable;

/**
 * Content that a user wants elsewhere, or under another name. First the place is looked at, while the transfer goes on; then the facts name
 * it, which has a {@link ContentMove} take the files there. Where storage finds something in the way before it has moved anything, the facts
 * are as they were before, and whoever asked is told. On the transfer's loop, but for looking.
 */
final class Relocating {
    /** So many places may hold parts of it, when a move is overtaken by another again and again. */
    private static final int MAX_PLACES = 8;

    private final EngineParts parts;
    private final EventLoop loop;
    private final TransferFacts facts;
    private final ResumeSaver saver;
    private final TransferCourse course;
    private @Nullable Asked asked;

    /**
     * Somebody waits to hear whether it can be done.
     *
     * @param location where it was before
     * @param toTheEnd what takes no time is waited for
     */
    private record Asked(
            CompletableFuture<Void> answer,
            ContentLocation location,
            List<ContentLocation> leaving,
            boolean toTheEnd) {}

    /** Finds out where to; blocks. */
    private interface Look {
        ContentLocation at(NewPlace place) throws IOException;
    }

    Relocating(EngineParts parts, EventLoop loop, TransferFacts facts, ResumeSaver saver, TransferCourse course) {
        this.parts = parts;
        this.loop = loop;
        this.facts = facts;
        this.saver = saver;
        this.course = course;
    }

    CompletionStage<Void> move(Optional<Info> info, Path directory) {
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException(directory + " is no absolute path");
        }
        var from = facts.location;
        var to = new ContentLocation(directory.normalize(), from.rootName(), from.renamed());
        if (info.isEmpty()) {
            facts.location = to;
            saver.save(facts);
            return CompletableFuture.completedStage(null);
        }
        return look(info.get(), false, place -> to);
    }

    CompletionStage<Void> rename(Optional<Info> info, String path, String name) {
        checkName(name);
        if (!facts.leaving.isEmpty()) {
            throw new IllegalArgumentException(
                    "it is on its way to " + facts.location.directory() + "; wait until it is there");
        }
        if (info.isEmpty() && path.isEmpty()) {
            facts.location =
                    new ContentLocation(facts.location.directory(), Optional.of(name), facts.location.renamed());
            saver.save(facts);
            return CompletableFuture.completedStage(null);
        }
        var known = info.orElseThrow(
                () -> new IllegalArgumentException("its files are not known before the info dictionary has come"));
        var from = facts.location;
        return look(known, true, place -> place.renamed(from, path, name));
    }

    /** What no file system can hold, or would lead elsewhere; the rest is up to the storage. */
    private static void checkName(String name) {
        boolean bad = name.isBlank()
                || name.equals(".")
                || name.equals("..")
                || name.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))
                || !isOneName(name);
        if (bad) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name for a file or folder: it has to be a single one, without / and \\");
        }
    }

    private static boolean isOneName(String name) {
        try {
            return Path.of(name).getNameCount() == 1;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private CompletionStage<Void> look(Info info, boolean toTheEnd, Look where) {
        if (asked != null) {
            throw new IllegalArgumentException("another move of it has just been asked for; wait a moment");
        }
        var question = new Asked(new CompletableFuture<>(), facts.location, facts.leaving, toTheEnd);
        asked = question;
        var from = places();
        boolean shared = facts.isSharedInPlace();
        boolean any =
                saver.pieces().latest().filter(pieces -> pieces.count() > 0).isPresent();
        var name = facts.storage.orElse(parts.defaultStorage());
        try {
            parts.disk().execute(() -> {
                try {
                    var place = new NewPlace(parts.storage(name), info);
                    var to = where.at(place);
                    if (shared) {
                        place.checkShared(to);
                    } else if (!to.equals(question.location())) {
                        place.check(from, to, any);
                    }
                    loop.execute(() -> go(question, to));
                } catch (IOException | RuntimeException e) {
                    loop.execute(() -> refuse(question, e));
                }
            });
        } catch (RejectedExecutionException e) {
            refuse(question, e);
        }
        return question.answer();
    }

    /** Where parts of it lie. */
    private List<ContentLocation> places() {
        var places = new ArrayList<>(facts.leaving);
        places.add(facts.location);
        return List.copyOf(places);
    }

    private void go(Asked question, ContentLocation to) {
        if (to.equals(facts.location)) {
            asked = null;
            question.answer().complete(null);
        } else if (facts.isSharedInPlace()) {
            facts.location = to;
            facts.existing = Existing.MUST_VERIFY;
            saver.save(facts);
            over();
            course.restart();
        } else {
            var leaving = places().stream().filter(place -> !place.equals(to)).toList();
            if (leaving.size() > MAX_PLACES) {
                refuse(question, new IllegalArgumentException("it is on its way between too many places; wait"));
                return;
            }
            facts.leaving = leaving;
            facts.location = to;
            saver.save(facts);
            course.restart();
        }
    }

    /** Nothing stands in the way of what was asked. */
    void underWay() {
        if (asked != null && !asked.toTheEnd()) {
            over();
        }
    }

    /** It is done, or will be when it can: whoever asked has waited long enough. */
    void over() {
        if (asked != null) {
            asked.answer().complete(null);
            asked = null;
        }
    }

    /** @return false if it was not asked for just now, so that it goes on when the cause is gone */
    boolean callOff(Exception cause) {
        var question = asked;
        if (question == null) {
            return false;
        }
        facts.location = question.location();
        facts.leaving = question.leaving();
        saver.save(facts);
        refuse(question, cause);
        return true;
    }

    private void refuse(Asked question, Exception cause) {
        asked = null;
        var sentence = cause instanceof StorageException known
                ? known.getMessage() + "; " + known.hint()
                : Objects.requireNonNullElse(cause.getMessage(), cause.toString());
        question.answer().completeExceptionally(new IllegalArgumentException(sentence, cause));
    }
}
