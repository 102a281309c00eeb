package net.shoal.ui.rpc.qbittorrent;

import net.shoal.api.transfer.StorageException.Trouble;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferStatus;

/** What a transfer is doing, in the words of qBittorrent 4. */
final class StateWord {
    private StateWord() {}

    static String of(TransferStatus status, boolean forced) {
        boolean complete = isComplete(status);
        var state = status.state();
        if (state instanceof TransferState.Failed failed) {
            return failed.trouble() == Trouble.MISSING ? "missingFiles" : "error";
        }
        if (state instanceof TransferState.Moving) {
            return "moving";
        }
        if (state instanceof TransferState.Paused) {
            return complete ? "pausedUP" : "pausedDL";
        }
        if (state instanceof TransferState.Queued) {
            return complete ? "queuedUP" : "queuedDL";
        }
        if (state instanceof TransferState.Checking) {
            return complete ? "checkingUP" : "checkingDL";
        }
        if (state instanceof TransferState.FetchingMetadata) {
            return forced ? "forcedMetaDL" : "metaDL";
        }
        return state instanceof TransferState.Seeding ? seeding(status, forced) : downloading(status, forced);
    }

    private static String seeding(TransferStatus status, boolean forced) {
        if (forced) {
            return "forcedUP";
        }
        return status.upRate() > 0 ? "uploading" : "stalledUP";
    }

    private static String downloading(TransferStatus status, boolean forced) {
        if (forced) {
            return "forcedDL";
        }
        return status.downRate() > 0 ? "downloading" : "stalledDL";
    }

    /** All that is wanted is there. */
    static boolean isComplete(TransferStatus status) {
        return status.state() instanceof TransferState.Seeding
                || (status.total() > 0 && status.done() >= status.wanted());
    }
}
