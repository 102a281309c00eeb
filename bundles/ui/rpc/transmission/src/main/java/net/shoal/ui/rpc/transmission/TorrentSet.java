package net.shoal.ui.rpc.transmission;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferDetails.FileStatus;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.base.command.Values;

/** {@code torrent-set}, and what {@code torrent-add} says beside the torrent itself. */
final class TorrentSet {
    private static final List<String> FILES =
            List.of("files-wanted", "files-unwanted", "priority-high", "priority-normal", "priority-low");
    private static final List<String> LIMITS = List.of(
            "downloadLimit",
            "downloadLimited",
            "uploadLimit",
            "uploadLimited",
            "peer-limit",
            "seedRatioLimit",
            "seedRatioMode",
            "seedIdleLimit",
            "seedIdleMode");
    private static final List<String> OTHERS = List.of(
            "labels",
            "sequentialDownload",
            "sequential_download",
            "queuePosition",
            "trackerAdd",
            "trackerList",
            "bandwidthPriority");
    private static final long MOST_KILOBYTES = Long.MAX_VALUE / Fields.KILO;
    private static final long MOST_MINUTES = Duration.ofDays(3_650).toMinutes();
    private static final int MOST_TRACKERS = 1_000;

    private final Labels labels;

    TorrentSet(Labels labels) {
        this.labels = labels;
    }

    /** Whether anything is said about how, beside what. */
    boolean isMoreThan(Arguments arguments) {
        return choosesFiles(arguments)
                || LIMITS.stream().anyMatch(arguments::has)
                || OTHERS.stream().anyMatch(arguments::has);
    }

    static boolean choosesFiles(Arguments arguments) {
        return FILES.stream().anyMatch(arguments::has);
    }

    /** Refuses what no transfer of ours can be told. */
    void check(Arguments arguments) throws RpcException {
        if (arguments.whole("bandwidthPriority", -1, 1).orElse(0) != 0) {
            throw new RpcException("transfers of this node have no priority towards each other; give others a limit");
        }
        if (!arguments.flag("honorsSessionLimits").orElse(true)) {
            throw new RpcException("the limits of the node hold for all of its transfers");
        }
        if (arguments.text("group").filter(text -> !text.isBlank()).isPresent()) {
            throw new RpcException("this node knows no groups of transfers");
        }
        if (arguments.has("trackerRemove") || arguments.has("trackerReplace")) {
            throw new RpcException("trackers can be added to a transfer of this node, and not be taken away");
        }
        if (arguments.has("location")) {
            throw new RpcException("torrent-set-location takes a transfer elsewhere");
        }
        if (arguments.whole("queuePosition", 0, Integer.MAX_VALUE).orElse(0) != 0) {
            throw new RpcException("a place in the queue is reached by queue-move-top, -up, -down and -bottom");
        }
        var given = arguments.texts("labels");
        if (given.isPresent()) {
            Labels.check(given.get());
        }
    }

    void apply(Transfer transfer, Arguments arguments) throws RpcException, InterruptedException {
        var changes = changes(transfer, arguments);
        if (!changes.isEmpty()) {
            Waiting.briefly(transfer.change(new TransferChange.Together(changes)));
        }
        label(transfer, arguments);
    }

    /** What comes again later is not to have the labels it had. */
    void forgetOld(List<Transfer> there) throws RpcException {
        labels.keep(there);
    }

    void label(Transfer transfer, Arguments arguments) throws RpcException {
        var given = arguments.texts("labels");
        if (given.isPresent()) {
            labels.put(transfer.hashes().hex(), given.get());
        }
    }

    List<TransferChange> changes(Transfer transfer, Arguments arguments) throws RpcException, InterruptedException {
        var now = Waiting.briefly(transfer.details());
        var changes = new ArrayList<TransferChange>();
        var limits = limits(now.options().limits(), arguments);
        if (!limits.equals(now.options().limits())) {
            changes.add(new TransferChange.Limit(limits));
        }
        files(now, arguments).ifPresent(changes::add);
        for (var name : List.of("sequentialDownload", "sequential_download")) {
            arguments.flag(name).map(TransferChange.Sequential::new).ifPresent(changes::add);
        }
        if (arguments.has("queuePosition")) {
            changes.add(new TransferChange.Queue(TransferChange.Queue.Place.TOP));
        }
        var trackers = trackers(transfer, arguments);
        if (!trackers.isEmpty()) {
            changes.add(new TransferChange.AddTrackers(trackers));
        }
        return changes;
    }

    private static TransferLimits limits(TransferLimits now, Arguments arguments) throws RpcException {
        return new TransferLimits(
                rate("download", now.downRate(), arguments),
                rate("upload", now.upRate(), arguments),
                (int) arguments.whole("peer-limit", 0, Integer.MAX_VALUE).orElse(now.maxPeers()),
                ratio(now.ratio(), arguments),
                idle(now.idle(), arguments));
    }

    /** A limit that is said and not made to hold is not kept, unlike Transmission's: ours is there or it is not. */
    private static long rate(String way, long now, Arguments arguments) throws RpcException {
        var given = arguments.whole(way + "Limit", 0, MOST_KILOBYTES);
        boolean limited = arguments.flag(way + "Limited").orElse(now > 0);
        if (!limited) {
            return 0;
        }
        long rate = given.isPresent() ? given.getAsLong() * Fields.KILO : now;
        if (rate == 0) {
            throw new RpcException(way + "Limit is 1 or more where it is to hold; torrent-stop stops a transfer");
        }
        return rate;
    }

    private static OptionalDouble ratio(OptionalDouble now, Arguments arguments) throws RpcException {
        var given = arguments.decimal("seedRatioLimit");
        var mode = arguments.whole("seedRatioMode", TorrentView.BY_SESSION, TorrentView.NEVER);
        boolean isOwn = now.isPresent() && Double.isFinite(now.getAsDouble());
        if (mode.isEmpty()) {
            return given.isPresent() && isOwn ? given : now;
        }
        if (mode.getAsLong() == TorrentView.OWN) {
            return given.isPresent() ? given : isOwn ? now : OptionalDouble.of(0);
        }
        return mode.getAsLong() == TorrentView.NEVER
                ? OptionalDouble.of(Double.POSITIVE_INFINITY)
                : OptionalDouble.empty();
    }

    private static Optional<Duration> idle(Optional<Duration> now, Arguments arguments) throws RpcException {
        var given = arguments.whole("seedIdleLimit", 0, MOST_MINUTES);
        var mode = arguments.whole("seedIdleMode", TorrentView.BY_SESSION, TorrentView.NEVER);
        boolean isOwn = now.filter(idle -> !idle.isZero()).isPresent();
        if (mode.isEmpty() ? !isOwn || given.isEmpty() : mode.getAsLong() == TorrentView.OWN && given.isEmpty()) {
            return now;
        }
        if (mode.isEmpty() || mode.getAsLong() == TorrentView.OWN) {
            return Optional.of(Duration.ofMinutes(Math.max(1, given.getAsLong()))); // zero is never, to us
        }
        return mode.getAsLong() == TorrentView.NEVER ? Optional.of(Duration.ZERO) : Optional.empty();
    }

    /** An empty list means all files. Those that are not wanted keep no priority: to us that is one. */
    private static Optional<TransferChange> files(TransferDetails now, Arguments arguments) throws RpcException {
        if (!choosesFiles(arguments)) {
            return Optional.empty();
        }
        if (now.files().isEmpty()) {
            throw new RpcException("the files of " + now.status().name() + " are not known yet");
        }
        var priorities = new LinkedHashMap<Integer, FilePriority>();
        now.files().forEach(file -> priorities.put(file.index(), file.priority()));
        for (int index : indices(now.files(), arguments, "files-unwanted")) {
            priorities.put(index, FilePriority.SKIP);
        }
        for (int index : indices(now.files(), arguments, "files-wanted")) {
            priorities.computeIfPresent(
                    index, (at, before) -> before == FilePriority.SKIP ? FilePriority.NORMAL : before);
        }
        prioritise(now, arguments, "priority-high", FilePriority.HIGH, priorities);
        prioritise(now, arguments, "priority-normal", FilePriority.NORMAL, priorities);
        prioritise(now, arguments, "priority-low", FilePriority.LOW, priorities);
        return Optional.of(new TransferChange.Prioritise(priorities));
    }

    private static void prioritise(
            TransferDetails now,
            Arguments arguments,
            String name,
            FilePriority priority,
            Map<Integer, FilePriority> priorities)
            throws RpcException {
        for (int index : indices(now.files(), arguments, name)) {
            priorities.computeIfPresent(index, (at, before) -> before == FilePriority.SKIP ? before : priority);
        }
    }

    /** Transmission counts files as they are listed, the engine as they stand in the info dictionary. */
    private static List<Integer> indices(List<FileStatus> files, Arguments arguments, String name) throws RpcException {
        var given = arguments.list(name);
        if (given.isEmpty()) {
            return List.of();
        }
        if (given.get().isEmpty()) {
            return files.stream().map(FileStatus::index).toList();
        }
        var indices = new ArrayList<Integer>();
        for (var each : given.get()) {
            if (!(each instanceof Long place) || place < 0 || place >= files.size()) {
                throw new RpcException(name + ": there is no file " + each + "; they are 0 to " + (files.size() - 1));
            }
            indices.add(files.get(place.intValue()).index());
        }
        return indices;
    }

    private static List<URI> trackers(Transfer transfer, Arguments arguments) throws RpcException {
        var texts = new ArrayList<>(arguments.texts("trackerAdd").orElse(List.of()));
        var all = arguments.text("trackerList", Integer.MAX_VALUE);
        if (all.isPresent()) {
            var wanted = Arrays.stream(all.get().split("\\R"))
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            var there = TorrentGet.metainfo(transfer)
                    .map(known -> known.trackers().stream()
                            .flatMap(List::stream)
                            .map(URI::toString)
                            .toList())
                    .orElse(List.of());
            if (!new HashSet<>(wanted).containsAll(there)) {
                throw new RpcException("trackers can be added to a transfer of this node, and not be taken away");
            }
            texts.addAll(wanted);
            texts.removeAll(there);
        }
        if (texts.size() > MOST_TRACKERS) {
            throw new RpcException("a transfer has at most " + MOST_TRACKERS + " trackers");
        }
        try {
            return texts.stream().map(Values::url).toList();
        } catch (IllegalArgumentException e) {
            throw new RpcException(String.valueOf(e.getMessage()));
        }
    }
}
