package net.shoal.ui.rpc.qbittorrent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;

/** The transfers of the node by the hashes that programs know them by. */
final class Torrents {
    private static final String ALL = "all";

    private final TransferEngine engine;

    Torrents(TransferEngine engine) {
        this.engine = engine;
    }

    /** What programs call it: v1 where there is one, since they work that out from a link or a file; else v2, cut to 40 digits. */
    static String id(InfoHashes hashes) {
        return hashes.v1()
                .map(InfoHash::hex)
                .orElseGet(() -> hashes.primary().wire().hex());
    }

    /** All that it may be called. */
    static List<String> names(InfoHashes hashes) {
        return Stream.concat(
                        hashes.v1().map(InfoHash::hex).stream(),
                        hashes.v2().stream().flatMap(v2 -> Stream.of(v2.wire().hex(), v2.hex())))
                .toList();
    }

    List<Transfer> all() {
        return engine.list();
    }

    Optional<Transfer> find(InfoHashes hashes) {
        return engine.list().stream()
                .filter(transfer -> transfer.hashes().overlaps(hashes))
                .findFirst();
    }

    /** The one that the parameter {@code hash} names. */
    Transfer one(Call call) throws ApiException {
        var hash = call.needed("hash");
        return named(List.of(hash)).stream()
                .findFirst()
                .orElseThrow(() -> ApiException.unknown("there is no torrent " + hash));
    }

    /** Those that a parameter names, with {@code |} between them, or all; what is not there is left out. */
    List<Transfer> chosen(Call call) throws ApiException {
        call.needed("hashes");
        return chosen(call.items("hashes", "|"));
    }

    List<Transfer> chosen(List<String> hashes) {
        return hashes.equals(List.of(ALL)) ? all() : named(hashes);
    }

    private List<Transfer> named(Collection<String> hashes) {
        var byName = new HashMap<String, Transfer>();
        for (var transfer : engine.list()) {
            names(transfer.hashes()).forEach(name -> byName.put(name, transfer));
        }
        var found = new LinkedHashSet<Transfer>();
        for (var hash : hashes) {
            Optional.ofNullable(byName.get(hash.toLowerCase(Locale.ROOT))).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /** What their swarms tell, asked all at once; those that are gone meanwhile are left out. */
    Map<Transfer, TransferDetails> details(Collection<Transfer> transfers) throws ApiException, InterruptedException {
        var asked = new ArrayList<Map.Entry<Transfer, CompletionStage<TransferDetails>>>();
        transfers.forEach(transfer -> asked.add(Map.entry(transfer, transfer.details())));
        var details = new LinkedHashMap<Transfer, TransferDetails>();
        for (var each : asked) {
            try {
                details.put(each.getKey(), Waiting.briefly(each.getValue()));
            } catch (ApiException e) {
                if (engine.list().contains(each.getKey())) {
                    throw e;
                }
            }
        }
        return details;
    }
}
