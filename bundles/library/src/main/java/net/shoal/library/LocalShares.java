package net.shoal.library;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import net.shoal.api.library.Share;
import net.shoal.api.library.ShareLibrary;
import net.shoal.api.library.ShareRequest;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.Network;
import net.shoal.api.transfer.ServedTracker;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferEngine;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.Metainfo;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Shares what lies on this machine. */
@Component(service = ShareLibrary.class)
public final class LocalShares implements ShareLibrary {
    private final HashThreads threads;
    private final TransferEngine engine;
    private final OwnAddresses addresses;
    private final Sharing sharing;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable ServedTracker tracker;

    @Activate
    public LocalShares(
            @Reference TransferEngine engine,
            @Reference Outcomes outcomes,
            @Reference FrontDoor door,
            @Reference Network network) {
        threads = new HashThreads(Runtime.getRuntime().availableProcessors());
        this.engine = engine;
        this.addresses = new OwnAddresses(door, network.scope(), OwnAddresses::ofInterfaces);
        sharing = new Sharing(engine, outcomes, this::trackers, addresses::list, threads);
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        threads.close();
    }

    @Override
    public CompletionStage<Share> share(ShareRequest request, HashProgress progress) {
        return sharing.share(request, progress);
    }

    @Override
    public List<Share> shares() {
        return engine.list().stream()
                .filter(transfer -> transfer.status().inPlace())
                .flatMap(transfer -> known(transfer).map(metainfo -> share(transfer, metainfo)).stream())
                .toList();
    }

    private Share share(Transfer transfer, Metainfo metainfo) {
        return new Share(transfer, metainfo, MagnetLink.of(metainfo, addresses.list()));
    }

    @Override
    public CompletionStage<Void> unshare(Share share) {
        return engine.remove(share.transfer(), false);
    }

    @Override
    public MagnetLink link(Transfer transfer) {
        return known(transfer)
                .map(metainfo -> MagnetLink.of(metainfo, addresses.list()))
                .orElseGet(() -> MagnetLink.of(transfer.hashes()));
    }

    private static Optional<Metainfo> known(Transfer transfer) {
        var metainfo = transfer.metainfo().toCompletableFuture();
        return metainfo.isDone() && !metainfo.isCompletedExceptionally()
                ? Optional.of(metainfo.join())
                : Optional.empty();
    }

    private List<URI> trackers() {
        var served = tracker;
        return served == null ? List.of() : served.announceUrls();
    }
}
