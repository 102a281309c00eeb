package net.shoal.ui.rpc.transmission;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferState.Paused;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.base.metainfo.Metainfo;

/**
 * What is known of one transfer at the moment that somebody asks.
 *
 * @param details only where something is asked for that takes them
 * @param metainfo absent before the info dictionary has come
 * @param movedAt when it last moved content, seconds since 1970, 0 for never
 * @param now seconds since 1970
 */
record TorrentView(
        long id,
        Transfer transfer,
        TransferStatus status,
        Optional<TransferDetails> details,
        Optional<Metainfo> metainfo,
        List<String> labels,
        long movedAt,
        long now) {
    // tr_torrent_activity of Transmission's transmission.h
    static final long STOPPED = 0;
    static final long CHECKING = 2;
    static final long WAITS_TO_DOWNLOAD = 3;
    static final long DOWNLOADING = 4;
    static final long WAITS_TO_SEED = 5;
    static final long SEEDING = 6;
    /** How Transmission calls an error of this machine, unlike one of a tracker. */
    static final long LOCAL_ERROR = 3;

    /** Where nothing is said of a single transfer, the node's settings hold: the modes of ratio and idle limits. */
    static final long BY_SESSION = 0;

    static final long OWN = 1;
    static final long NEVER = 2;

    boolean isComplete() {
        return status.total() > 0 && status.done() >= status.wanted();
    }

    long code() {
        var state = status.state();
        if (state instanceof Paused || state instanceof TransferState.Failed) {
            return STOPPED;
        }
        if (state instanceof TransferState.Queued) {
            return isComplete() ? WAITS_TO_SEED : WAITS_TO_DOWNLOAD;
        }
        if (state instanceof TransferState.Checking || state instanceof TransferState.Moving) {
            return CHECKING; // also what is on its way to another folder is not to be touched yet
        }
        return state instanceof TransferState.Seeding ? SEEDING : DOWNLOADING;
    }

    /** Stopped by itself, since it has seeded enough. */
    boolean isFinished() {
        return status.state() instanceof Paused paused
                && (paused.why() == Paused.Why.RATIO || paused.why() == Paused.Why.IDLE);
    }

    double checked() {
        if (status.state() instanceof TransferState.Checking checking) {
            return checking.checked();
        }
        return status.state() instanceof TransferState.Moving moving ? moving.moved() : 0;
    }

    String error() {
        return status.state() instanceof TransferState.Failed failed
                ? failed.hint().isEmpty() ? failed.reason() : failed.reason() + "; " + failed.hint()
                : "";
    }

    long left() {
        return Math.max(0, status.wanted() - status.done());
    }

    /** Of 1; 0 where nothing is known. */
    static double part(long done, long of) {
        return of <= 0 ? 0 : Math.min(1, (double) done / of);
    }

    /** Nothing has moved for a minute though it is at work. */
    boolean isStalled() {
        boolean atWork = code() == DOWNLOADING || code() == SEEDING;
        return atWork && status.downRate() + status.upRate() == 0 && now - movedAt > Torrents.RECENT_SECONDS;
    }

    /**
     * The name of the file or folder on disk: programs look for the content at this in {@link #folder}. The torrent's own name is another one
     * where it was renamed, or is one that the disk cannot hold.
     */
    String name() {
        var last = status.path().getFileName();
        return metainfo.isEmpty() || last == null ? status.name() : last.toString();
    }

    String folder() {
        var parent = status.path().getParent();
        return (parent == null ? status.path() : parent).toString();
    }

    /** A file as Transmission names it: from the folder of the transfer down, with {@code /}. */
    String fileName(TransferDetails.FileStatus file) {
        var root = status.path();
        if (file.onDisk().equals(root) || !file.onDisk().startsWith(root)) {
            return metainfo.filter(known -> known.info().isSingleFile()).isPresent()
                    ? name()
                    : name() + "/" + file.path();
        }
        return name() + "/" + text(root.relativize(file.onDisk()));
    }

    private static String text(Path relative) {
        return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
    }

    List<TransferDetails.FileStatus> files() {
        return details.map(TransferDetails::files).orElse(List.of());
    }

    List<TransferDetails.PeerStatus> peers() {
        return details.map(TransferDetails::peers).orElse(List.of());
    }

    TransferLimits limits() {
        return details.map(known -> known.options().limits()).orElse(TransferLimits.NONE);
    }

    long ratioMode() {
        var ratio = limits().ratio();
        return ratio.isEmpty() ? BY_SESSION : Double.isInfinite(ratio.getAsDouble()) ? NEVER : OWN;
    }

    double ratio() {
        OptionalDouble ratio = limits().ratio();
        return ratio.isPresent() && Double.isFinite(ratio.getAsDouble()) ? ratio.getAsDouble() : 0;
    }

    long idleMode() {
        var idle = limits().idle();
        return idle.isEmpty() ? BY_SESSION : idle.get().isZero() ? NEVER : OWN;
    }

    long idleMinutes() {
        return limits().idle()
                .map(idle -> Math.max(idle.isZero() ? 0 : 1, idle.toMinutes()))
                .orElse(0L);
    }

    long added() {
        return status.added().getEpochSecond();
    }

    long completed() {
        return status.completed().map(when -> when.getEpochSecond()).orElse(0L);
    }

    /** From when it was added to when it was complete, or until now. */
    long secondsDownloading() {
        return status.inPlace()
                ? 0
                : Math.max(0, status.completed().isPresent() ? completed() - added() : now - added());
    }

    /** Since it was complete. */
    long secondsSeeding() {
        return status.completed().isPresent() ? Math.max(0, now - completed()) : 0;
    }
}
