package net.shoal.library;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;
import net.shoal.api.library.Share;
import net.shoal.api.library.ShareLibrary;
import net.shoal.api.library.ShareRequest;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.Network;
import net.shoal.api.transfer.ServedTracker;
import net.shoal.api.transfer.TransferEngine;
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
        var addresses = new OwnAddresses(door, network.scope(), OwnAddresses::ofInterfaces);
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

    private List<URI> trackers() {
        var served = tracker;
        return served == null ? List.of() : served.announceUrls();
    }
}
