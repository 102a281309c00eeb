package net.shoal.engine.source;

import java.time.Instant;
import java.util.List;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.metainfo.Info;
import net.shoal.engine.swarm.Loop;
import net.shoal.engine.swarm.Swarm;
import org.jspecify.annotations.Nullable;

/** What a transfer has to do with others of its node that hold the same files: it gives to them, and takes from them. Lives as long as the transfer, on its loop. */
public final class Siblings {
    private final SameFiles files;
    private final Loop loop;
    private final Lending lending;
    private @Nullable Holder self;
    private @Nullable Borrowing borrowing;

    /** @param files of the node */
    public Siblings(SameFiles files, Loop loop) {
        this.files = files;
        this.loop = loop;
        this.lending = new Lending(loop::execute);
    }

    /**
     * What the transfer is about is known from here on.
     *
     * @param added of two that fetch the same file, the one that came to the node later waits for the other
     */
    public void introduce(Info info, Visibility visibility, Instant added) {
        var known = new Holder(info, visibility, added, lending);
        self = known;
        files.add(known);
    }

    /** The transfer is no more. */
    public void forget() {
        if (self != null) {
            files.remove(self);
            self = null;
        }
    }

    /** It is at work, and its content open. */
    public void open(Swarm swarm) {
        if (self != null) {
            borrowing = new Borrowing(loop, files, self, swarm);
            lending.open(swarm, !swarm.report().isFinished());
        }
    }

    /** Whether it is fetching what it wants, or others had better do so themselves. */
    public void fetching(boolean now) {
        lending.fetching(now);
    }

    public void verified(int piece) {
        lending.verified(piece);
    }

    /** About once a second while it is at work. */
    public void tick() {
        if (borrowing != null) {
            borrowing.tick();
        }
    }

    /** What came from others. */
    public List<DiscoveryStatus> status() {
        return borrowing == null ? List.of() : borrowing.status();
    }

    /** It stops; its content is about to be closed. */
    public void close() {
        if (borrowing != null) {
            borrowing.close();
        }
        lending.close();
    }
}
