package net.shoal.ui.rpc.qbittorrent;

import java.util.Optional;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.base.metainfo.Metainfo;

/**
 * All that is told of one transfer.
 *
 * @param seededSeconds how long it has seeded
 */
record Look(Transfer transfer, TransferDetails details, Optional<Metainfo> metainfo, Label label, long seededSeconds) {
    TransferStatus status() {
        return details.status();
    }

    String id() {
        return Torrents.id(status().hashes());
    }

    String name() {
        return label.name().isEmpty() ? status().name() : label.name();
    }

    /** In the words of qBittorrent. */
    String state() {
        return StateWord.of(status(), details.options().forced());
    }

    boolean moves() {
        return status().downRate() > 0 || status().upRate() > 0;
    }

    /** The folder that holds the content. */
    String savePath() {
        var parent = status().path().getParent();
        return parent == null ? status().path().toString() : parent.toString();
    }

    static Optional<Metainfo> known(Transfer transfer) {
        var metainfo = transfer.metainfo().toCompletableFuture();
        return metainfo.isDone() && !metainfo.isCompletedExceptionally()
                ? Optional.of(metainfo.join())
                : Optional.empty();
    }
}
