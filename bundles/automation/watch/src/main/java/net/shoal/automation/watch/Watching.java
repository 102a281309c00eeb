package net.shoal.automation.watch;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.api.transfer.Visibility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the watched folders. What happens to a file, one step a look: it is <i>seen</i>; where it has not changed since, it is read and
 * <i>added</i>; then, the transfer having been saved meanwhile, it is <i>put away</i>: renamed, deleted, or remembered. What
 * cannot be read as what its name says is given {@link #PATIENCE_NANOS}, since somebody may still be writing it, then it is
 * renamed to {@code .invalid}. For use by one thread; {@link #report} is for any.
 */
final class Watching {
    private static final Logger LOG = LoggerFactory.getLogger(Watching.class);
    static final long PATIENCE_NANOS = 15_000_000_000L;
    /** Files of one folder that are under way; the others have their turn when these are put away. */
    static final int MAX_UNDER_WAY = 2_000;

    private static final int MAX_SAME_NAMES = 1_000;
    private static final String ADDED = ".added";
    private static final String INVALID = ".invalid";

    private final TransferEngine engine;
    private final AddedFiles remembered;
    private final LongSupplier nanoTime;
    private final Sources sources = new Sources();
    private final Report report = new Report();
    private final Map<Path, Map<Path, Sighting>> sightings = new HashMap<>();

    Watching(TransferEngine engine, AddedFiles remembered, LongSupplier nanoTime) {
        this.engine = engine;
        this.remembered = remembered;
        this.nanoTime = nanoTime;
    }

    /** @param since by our clock, when it looked so for the first time */
    private record Sighting(FileMark mark, long since, boolean isAdded) {}

    Report report() {
        return report;
    }

    /** One look at every folder. */
    void look(WatchSettings settings) {
        sightings.keySet().retainAll(settings.folders().keySet());
        report.begin(settings.folders().keySet());
        settings.folders().forEach((folder, target) -> {
            var before = sightings.getOrDefault(folder, Map.of());
            sightings.put(folder, new Look(folder, target, settings.afterwards(), before).run());
        });
    }

    /** One folder, once. */
    private final class Look {
        private final Path folder;
        private final Path target;
        private final WatchConfig.Afterwards afterwards;
        private final Map<Path, Sighting> before;
        private final Map<Path, Sighting> now = new HashMap<>();
        private Optional<Set<Path>> contents = Optional.empty();

        Look(Path folder, Path target, WatchConfig.Afterwards afterwards, Map<Path, Sighting> before) {
            this.folder = folder;
            this.target = target;
            this.afterwards = afterwards;
            this.before = before;
        }

        Map<Path, Sighting> run() {
            int setAside = 0;
            try (var files = Files.newDirectoryStream(folder)) {
                for (var file : files) {
                    if (Thread.currentThread().isInterrupted()) {
                        return before;
                    }
                    if (Sources.isOne(file) && now.size() < MAX_UNDER_WAY) {
                        consider(file);
                    } else if (file.toString().endsWith(INVALID)) {
                        setAside++;
                    }
                }
                report.watched(folder, setAside);
            } catch (IOException | DirectoryIteratorException e) {
                report.unwatched(folder, why(e));
            }
            return now;
        }

        private void consider(Path file) {
            try {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                var mark = FileMark.of(attributes);
                if (!attributes.isRegularFile() || remembered.holds(file, mark) || isContent(file)) {
                    return;
                }
                var sighting = before.get(file);
                if (sighting == null || !sighting.mark().equals(mark)) {
                    now.put(file, new Sighting(mark, nanoTime.getAsLong(), false));
                } else if (sighting.isAdded()) {
                    putAway(file, mark);
                } else {
                    now.put(file, sighting);
                    add(file, sighting);
                }
            } catch (NoSuchFileException e) {
                // gone again, or a link to nothing
            } catch (IOException e) {
                report.unreadable(file, why(e));
            } catch (RuntimeException e) {
                LOG.debug("{} is not added, for a reason of our own", file, e);
                report.unreadable(file, "a mistake in Shoal: " + e);
            }
        }

        /** What a transfer downloads or shares is no wish of the user's, whatever its name. */
        private boolean isContent(Path file) {
            var roots = contents.orElseGet(() -> {
                var all = new HashSet<Path>();
                engine.list().forEach(transfer -> all.add(transfer.status().path()));
                return all;
            });
            contents = Optional.of(roots);
            for (var path = file; path != null; path = path.getParent()) {
                if (roots.contains(path)) {
                    return true;
                }
            }
            return false;
        }

        private void add(Path file, Sighting sighting) throws IOException {
            try {
                for (var source : sources.read(file)) {
                    engine.add(request(source));
                }
                now.put(file, new Sighting(sighting.mark(), sighting.since(), true));
                report.added();
                LOG.info("{} is added from a watched folder", file);
            } catch (IllegalArgumentException e) {
                if (nanoTime.getAsLong() - sighting.since() >= PATIENCE_NANOS) {
                    setAside(file, sighting.mark(), String.valueOf(e.getMessage()));
                }
            }
        }

        private AddRequest request(AddRequest.Source source) {
            return new AddRequest(
                    source,
                    ContentLocation.in(target),
                    AddRequest.Existing.KEEP_VERIFIED,
                    Visibility.LINK,
                    List.of(),
                    false,
                    List.of(),
                    Optional.empty());
        }

        private void putAway(Path file, FileMark mark) throws IOException {
            try {
                switch (afterwards) {
                    case RENAME -> rename(file, ADDED);
                    case DELETE -> Files.delete(file);
                    case KEEP -> remembered.remember(file, mark);
                }
            } catch (IOException e) {
                LOG.warn("{} was added but stays as it is ({}); it is not added again", file, why(e));
                remembered.remember(file, mark);
            }
        }

        private void setAside(Path file, FileMark mark, String reason) throws IOException {
            now.remove(file);
            report.setAside(file, reason);
            try {
                LOG.warn("{} is set aside as {}: {}", file, rename(file, INVALID), reason);
            } catch (IOException e) {
                LOG.warn("{} is left alone ({}): {}", file, why(e), reason);
                remembered.remember(file, mark);
            }
        }
    }

    /** A link itself, not what it leads to. Nothing is overwritten. */
    private static Path rename(Path file, String ending) throws IOException {
        for (int i = 1; i <= MAX_SAME_NAMES; i++) {
            var target = file.resolveSibling(file.getFileName() + (i == 1 ? "" : "." + i) + ending);
            if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                return Files.move(file, target);
            }
        }
        throw new FileAlreadyExistsException(file + ending);
    }

    private static String why(Throwable failure) {
        var cause = failure.getCause();
        if (failure instanceof DirectoryIteratorException && cause != null) {
            return why(cause);
        }
        if (failure instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (failure instanceof NotDirectoryException) {
            return "it is no folder";
        }
        return failure instanceof AccessDeniedException
                ? "this user may not read or change it"
                : String.valueOf(failure.getMessage());
    }
}
