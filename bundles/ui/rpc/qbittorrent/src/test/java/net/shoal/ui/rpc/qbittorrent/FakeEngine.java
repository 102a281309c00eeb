package net.shoal.ui.rpc.qbittorrent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferEngine;

/** Takes whatever it is given, and remembers it. */
final class FakeEngine implements TransferEngine {
    final List<AddRequest> requests = new ArrayList<>();
    final Map<Transfer, Boolean> removed = new LinkedHashMap<>();
    private final List<Transfer> transfers = new ArrayList<>();

    FakeTransfer with(FakeTransfer transfer) {
        transfer.queuePosition = transfers.size();
        transfers.add(transfer);
        return transfer;
    }

    @Override
    public Transfer add(AddRequest request) {
        requests.add(request);
        var hashes = request.source() instanceof Source.Magnet magnet
                ? magnet.link().hashes()
                : ((Source.Torrent) request.source()).metainfo().info().hashes();
        var there = transfers.stream()
                .filter(transfer -> transfer.hashes().overlaps(hashes))
                .findFirst();
        return there.orElseGet(() -> with(new FakeTransfer(hashes, "added")));
    }

    @Override
    public Optional<Transfer> find(String infoHashHex) {
        throw new UnsupportedOperationException("programs know other names");
    }

    @Override
    public List<Transfer> list() {
        return List.copyOf(transfers);
    }

    @Override
    public CompletionStage<Void> remove(Transfer transfer, boolean deleteData) {
        transfers.remove(transfer);
        removed.put(transfer, deleteData);
        return CompletableFuture.completedStage(null);
    }
}
