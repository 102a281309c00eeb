package net.shoal.ui.shell;

import java.util.Comparator;
import java.util.stream.Collectors;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.base.command.Reply;

/** Tells how far a transfer is, and in words where its data comes from. */
final class Progressing {
    /** Details are dearer than a status: every fifth time is often enough for words. */
    private static final int DETAILS_EVERY = 5;

    private static final int CLIENTS_NAMED = 2;

    private final Transfer transfer;
    private int count;
    private volatile String words = "";

    Progressing(Transfer transfer) {
        this.transfer = transfer;
    }

    Reply.Progress next(TransferStatus status) {
        if (count++ % DETAILS_EVERY == 0) {
            transfer.details().thenAccept(details -> words = words(details));
        }
        return new Reply.Progress(
                status.hashes().hex(),
                status.name(),
                status.done(),
                status.wanted(),
                status.downRate(),
                status.upRate(),
                status.peers(),
                status.etaSeconds(),
                status.state().word(),
                words);
    }

    static String words(TransferDetails details) {
        var status = details.status();
        if (status.state() instanceof TransferState.Queued) {
            return "waits for its turn, place " + (details.options().queuePosition() + 1)
                    + " in the queue; `set ID force=on` starts it now";
        }
        if (status.state() instanceof TransferState.Paused) {
            return "`resume ID` makes it go on";
        }
        if (status.state() instanceof TransferState.Moving) {
            return "";
        }
        if (status.peers() == 0) {
            return waiting(details);
        }
        var clients = details.peers().stream()
                .sorted(Comparator.comparingLong(TransferDetails.PeerStatus::downRate)
                        .reversed())
                .map(TransferDetails.PeerStatus::client)
                .filter(client -> !client.isEmpty())
                .distinct()
                .limit(CLIENTS_NAMED)
                .collect(Collectors.joining(", "));
        return (status.peers() == 1 ? "1 peer" : status.peers() + " peers")
                + (clients.isEmpty() ? "" : " (" + clients + ")");
    }

    private static String waiting(TransferDetails details) {
        if (details.status().knownPeers() > 0) {
            return "no peer yet, " + details.status().knownPeers() + " known";
        }
        return details.discovery().stream()
                .filter(by -> !by.message().isEmpty())
                .findFirst()
                .map(by -> "no peer yet; " + by.source() + " says: " + by.message())
                .orElse("looking for peers");
    }
}
