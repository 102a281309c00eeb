package net.shoal.automation.watch;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.Sha1Hash;

/** Writes down what is added. */
final class FakeEngine implements TransferEngine {
    final List<AddRequest> requests = new ArrayList<>();
    final List<Path> contents = new ArrayList<>();
    Optional<String> refuses = Optional.empty();

    List<String> names() {
        return requests.stream().map(AddRequest::source).map(FakeEngine::name).toList();
    }

    private static String name(Source source) {
        return source instanceof Source.Torrent torrent
                ? torrent.metainfo().info().name()
                : ((Source.Magnet) source).link().name().orElse("?");
    }

    @Override
    public Transfer add(AddRequest request) {
        refuses.ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        requests.add(request);
        return transfer(request.location().root(name(request.source())));
    }

    @Override
    public List<Transfer> list() {
        return contents.stream().map(FakeEngine::transfer).toList();
    }

    private static Transfer transfer(Path path) {
        var status = new TransferStatus(
                InfoHashes.of(new InfoHash.V1(Sha1Hash.ofHex("0".repeat(40)))),
                "",
                new TransferState.Downloading(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                OptionalLong.empty(),
                path,
                Visibility.LINK,
                false,
                Instant.EPOCH,
                Optional.empty());
        return (Transfer) Proxy.newProxyInstance(
                FakeEngine.class.getClassLoader(), new Class<?>[] {Transfer.class}, (proxy, method, args) -> {
                    if (method.getName().equals("status")) {
                        return status;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @Override
    public Optional<Transfer> find(String infoHashHex) {
        return Optional.empty();
    }

    @Override
    public CompletionStage<Void> remove(Transfer transfer, boolean deleteData) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }
}
