package net.shoal.engine.source;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import net.shoal.base.model.Bitfield;
import net.shoal.engine.swarm.Swarm;
import org.jspecify.annotations.Nullable;

/**
 * What a transfer gives to others of this node that want the same file. Lives on the loop of its transfer; those of others post to it, and
 * are told on that loop.
 */
final class Lending {
    private final Executor loop;
    private final Set<Borrower> borrowers = new LinkedHashSet<>();
    private @Nullable Swarm swarm;
    private boolean fetching;

    /** @param loop of the transfer */
    Lending(Executor loop) {
        this.loop = loop;
    }

    /** Who wants something; called on the loop of the lender. */
    interface Borrower {
        /**
         * It is at work.
         *
         * @param has verified pieces, a copy
         * @param expects pieces that it is fetching, sooner or later; a copy
         */
        void onOffer(Bitfield has, Bitfield expects);

        /** It has one more piece. */
        void onVerified(int piece);

        /** It gives nothing until it makes another offer. */
        void onGone();
    }

    // ---- for others, from any thread

    void post(Runnable task) {
        loop.execute(task);
    }

    void join(Borrower borrower) {
        post(() -> {
            borrowers.add(borrower);
            offer(List.of(borrower));
        });
    }

    void leave(Borrower borrower) {
        post(() -> borrowers.remove(borrower));
    }

    // ---- on the loop

    /** @param at in piece space */
    void read(long at, int length, Swarm.ReadResult result) {
        if (swarm == null) {
            result.onFailed(new IOException("the transfer it comes from has stopped"));
        } else {
            swarm.read(at, length, result);
        }
    }

    /** The transfer is at work, and its content open. */
    void open(Swarm of, boolean downloading) {
        swarm = of;
        fetching = downloading;
        offer(List.copyOf(borrowers));
    }

    /** What it fetches has changed. */
    void fetching(boolean now) {
        if (swarm != null && (fetching || now)) {
            fetching = now;
            offer(List.copyOf(borrowers));
        }
    }

    void verified(int piece) {
        if (swarm != null) {
            borrowers.forEach(borrower -> borrower.onVerified(piece));
        }
    }

    /** The transfer stops; those who borrow wait for it to be opened again, and go elsewhere meanwhile. */
    void close() {
        if (swarm != null) {
            swarm = null;
            borrowers.forEach(Borrower::onGone);
        }
    }

    private void offer(List<Borrower> to) {
        if (swarm == null || to.isEmpty()) {
            return;
        }
        var report = swarm.report();
        var expects =
                fetching ? report.missing() : new Bitfield(report.verified().size());
        to.forEach(borrower -> borrower.onOffer(report.verified(), expects.copy()));
    }
}
