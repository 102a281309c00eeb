package net.shoal.ui.rest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.shoal.api.library.ShareLibrary;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.model.InfoHash;

/** The transfers of the node, as the API sees them: those on their way out know until when they can be restored. */
final class Transfers {
    private static final int ID_DIGITS = 6;

    private final TransferEngine engine;
    private final Removals removals;
    private final ShareLibrary library;
    private final Set<String> answered = ConcurrentHashMap.newKeySet();

    Transfers(TransferEngine engine, Removals removals, ShareLibrary library) {
        this.engine = engine;
        this.removals = removals;
        this.library = library;
    }

    TransferEngine engine() {
        return engine;
    }

    Removals removals() {
        return removals;
    }

    List<Transfer> list() {
        return engine.list();
    }

    Row row(Transfer transfer) {
        return Row.of(transfer.status(), removals.when(transfer));
    }

    /** The row as the answer to a change: whoever gets it may know more, or less, than the feed has told. */
    Row answer(Transfer transfer) {
        var row = row(transfer);
        answered.add(row.id());
        return row;
    }

    /** True once after each {@link #answer}. */
    boolean wasAnswered(String id) {
        return answered.remove(id);
    }

    /** By an infohash, or a beginning that no other has. */
    Transfer find(String id) throws ApiException {
        var prefix = id.toLowerCase(Locale.ROOT);
        if (!prefix.matches("[0-9a-f]{" + ID_DIGITS + ",64}")) {
            throw ApiException.wrong(
                    "id", "an ID is an infohash in hex, or at least its first " + ID_DIGITS + " digits");
        }
        var found = engine.list().stream()
                .filter(transfer -> begins(transfer, prefix))
                .toList();
        if (found.isEmpty()) {
            throw ApiException.unknown("there is no such transfer", "it may have been removed");
        }
        if (found.size() > 1) {
            throw ApiException.unknown(found.size() + " transfers begin with " + prefix, "give more digits");
        }
        return found.get(0);
    }

    private static boolean begins(Transfer transfer, String prefix) {
        var hashes = transfer.hashes();
        return Stream.of(hashes.v1().map(InfoHash::hex), hashes.v2().map(InfoHash::hex))
                .flatMap(Optional::stream)
                .anyMatch(hex -> hex.startsWith(prefix));
    }

    /** What to send to others. */
    MagnetLink link(Transfer transfer) {
        return library.link(transfer);
    }
}
