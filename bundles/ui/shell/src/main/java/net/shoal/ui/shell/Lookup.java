package net.shoal.ui.shell;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.base.command.ValueType;
import net.shoal.base.model.InfoHash;

/** Finds the transfer that an ID means. */
final class Lookup {
    private final TransferEngine engine;

    Lookup(TransferEngine engine) {
        this.engine = engine;
    }

    Transfer find(String id) throws CommandException {
        var prefix = id.toLowerCase(Locale.ROOT);
        var found = engine.list().stream()
                .filter(transfer -> begins(transfer, prefix))
                .toList();
        if (found.isEmpty()) {
            throw new CommandException("unknown", "there is no transfer " + id, "`ls` shows those there are");
        }
        if (found.size() > 1) {
            throw new CommandException(
                    "unknown", found.size() + " transfers begin with " + id, "give more digits of the one you mean");
        }
        return found.get(0);
    }

    /** All of them are there, or none is given; each once, in the order named. */
    List<Transfer> findAll(List<String> ids) throws CommandException {
        var found = new LinkedHashSet<Transfer>();
        for (var id : ids) {
            if (id.equals(ValueType.ALL)) {
                found.addAll(engine.list());
            } else {
                found.add(find(id));
            }
        }
        return List.copyOf(found);
    }

    private static boolean begins(Transfer transfer, String prefix) {
        var hashes = transfer.hashes();
        return Stream.of(hashes.v1().map(InfoHash::hex), hashes.v2().map(InfoHash::hex))
                .flatMap(Optional::stream)
                .anyMatch(hex -> hex.startsWith(prefix));
    }
}
