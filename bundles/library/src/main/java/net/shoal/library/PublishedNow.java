package net.shoal.library;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.shoal.api.dht.DhtItems;
import net.shoal.api.dht.MutableItem;
import net.shoal.api.dht.MutableKey;
import net.shoal.api.dht.Publications;
import net.shoal.api.library.LinkException;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.PublishedLink;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Who finds items in the DHT, if anybody does: for links that name who publishes and no torrent (BEP 46). */
@Component(service = PublishedNow.class)
public final class PublishedNow {
    /** A node that has just been started gets to know others first. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long PAUSE_MILLIS = 1_000;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable DhtItems items;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Publications publications;

    @Activate
    public PublishedNow() {}

    /** The torrent that is published under the link's key at present. */
    MagnetLink resolve(PublishedLink link) throws LinkException, InterruptedException {
        var key = new MutableKey(link.publicKey(), link.salt());
        long end = System.nanoTime() + PATIENCE_NANOS;
        var trouble = "";
        do {
            try {
                var item = ask(key);
                if (item.isPresent()) {
                    var torrent = link.naming(item.get().value());
                    follow(item.get());
                    return torrent;
                }
                trouble = "no node of the DHT has it";
            } catch (ExecutionException | TimeoutException e) {
                trouble = e instanceof ExecutionException ? String.valueOf(e.getCause()) : "it takes too long";
            }
            Thread.sleep(PAUSE_MILLIS);
        } while (System.nanoTime() < end);
        throw new LinkException(
                "what is published under this key was not found: " + trouble,
                "`doctor` tells how the DHT stands; whoever publishes has to put it there again every hour or two");
    }

    private void follow(MutableItem item) {
        var there = publications;
        if (there != null) {
            there.follow(item);
        }
    }

    private Optional<MutableItem> ask(MutableKey key)
            throws LinkException, InterruptedException, ExecutionException, TimeoutException {
        var there = items;
        if (there == null) {
            throw new LinkException("this node cannot ask the DHT: the bundle for that does not run", "see the log");
        }
        return there.newest(key).toCompletableFuture().get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
    }
}
