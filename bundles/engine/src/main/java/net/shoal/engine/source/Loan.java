package net.shoal.engine.source;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.shoal.api.transfer.SourceException;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.PeerAddress;
import net.shoal.engine.swarm.Loop;
import net.shoal.engine.swarm.PeerLink;
import net.shoal.engine.swarm.Swarm;
import org.jspecify.annotations.Nullable;

/**
 * What one transfer gets from one other of the node. On the loop of the borrower, but for what the lender calls.
 *
 * <pre>
 *   asked → offered (its link is open) ⇄ gone, or failed: opened again after a while; or banned
 * </pre>
 */
final class Loan implements Lending.Borrower, SourceLink.Fate {
    private static final long SECOND = 1_000_000_000L;
    /** So long nobody else is asked, while we wait to hear what there is. */
    private static final long ANSWER_TIMEOUT = 3 * SECOND;
    /** A lender that gets no further keeps us waiting no longer. */
    private static final long PATIENCE = 60 * SECOND;

    private static final long RETRY = 10 * SECOND;

    private final Loop loop;
    private final Swarm swarm;
    private final Info info;
    private final Holder lender;
    private final boolean waitsForIt;
    private final SharedPieces shared;
    private final PeerAddress address;
    private final Changed changed;
    private Optional<Bitfield> has = Optional.empty();
    private Bitfield expects;
    private @Nullable SourceLink link;
    private boolean ended;
    private boolean banned;
    private boolean patient = true;
    private long since;
    private long again;
    private long bytes;

    /** Hears of what the loan brings, or will. */
    interface Changed {
        /** This piece is there now. */
        void onPiece(int piece);

        /** All may be different. */
        void onLoan();
    }

    /** @param files ours to the lender's, by index */
    Loan(Loop loop, Swarm swarm, Holder self, Holder lender, Map<Integer, Integer> files, Changed changed) {
        this.loop = loop;
        this.swarm = swarm;
        this.info = self.info();
        this.lender = lender;
        // of two who both fetch, the later one waits
        this.waitsForIt = lender.isBefore(self);
        this.shared = new SharedPieces(info, lender.info(), files);
        this.address = new PeerAddress("transfer", new SourceEndpoint(URI.create("transfer://" + lender.id())));
        this.changed = changed;
        this.expects = nothing();
        this.since = loop.nanoTime();
        lender.lending().join(this);
    }

    private Bitfield nothing() {
        return new Bitfield(lender.info().layout().pieceCount());
    }

    // ---- what the lender says, on its loop

    @Override
    public void onOffer(Bitfield all, Bitfield expected) {
        loop.execute(() -> {
            if (!ended) {
                boolean first = has.isEmpty();
                has = Optional.of(all);
                expects = expected;
                if (first || available().hasAnyNotIn(swarm.report().verified())) {
                    progress();
                }
                open();
                changed.onLoan();
            }
        });
    }

    @Override
    public void onVerified(int piece) {
        loop.execute(() -> {
            if (!ended && has.isPresent()) {
                has.get().set(piece);
                shared.forEachIn(piece, this::onTheirs);
            }
        });
    }

    private void onTheirs(int piece) {
        if (!swarm.has(piece)) {
            // what it has of us is no progress
            progress();
        }
        if (link != null && shared.isCovered(piece, has.orElseThrow())) {
            changed.onPiece(piece);
            link.has(piece);
        }
    }

    private void progress() {
        since = loop.nanoTime();
        patient = true;
    }

    @Override
    public void onGone() {
        loop.execute(() -> {
            has = Optional.of(nothing());
            expects = nothing();
            if (link != null) {
                link.close("the transfer it comes from has stopped");
            }
            changed.onLoan();
        });
    }

    // ---- the link

    private void open() {
        if (link != null || banned || has.isEmpty() || loop.nanoTime() - again < 0) {
            refresh();
            return;
        }
        var there = available();
        if (there.isEmpty() && expects.isEmpty()) {
            return;
        }
        var guise = new SourceLink.Guise(address, "local", "none", "this node", PeerLink.Kind.SIBLING);
        var made = new SourceLink(loop, guise, info, there, new SiblingSession(lender, shared), this);
        link = made;
        if (!swarm.admitSource(made)) {
            made.close("not wanted");
        }
    }

    private void refresh() {
        if (link != null) {
            var there = available();
            for (int piece = there.nextSet(0); piece >= 0 && link != null; piece = there.nextSet(piece + 1)) {
                link.has(piece);
            }
        }
    }

    private Bitfield available() {
        var there = new Bitfield(info.layout().pieceCount());
        var verified = has.orElseGet(this::nothing);
        for (int piece = shared.shared().nextSet(0);
                piece >= 0;
                piece = shared.shared().nextSet(piece + 1)) {
            if (shared.isCovered(piece, verified)) {
                there.set(piece);
            }
        }
        return there;
    }

    @Override
    public void onBlock(int count) {
        bytes += count;
    }

    @Override
    public void onClosed(String reason, @Nullable SourceException failure, int file) {
        link = null;
        banned |= swarm.isBanned(address);
        again = loop.nanoTime() + RETRY;
        if (!ended) {
            changed.onLoan();
        }
    }

    // ---- for the borrower

    void tick() {
        long now = loop.nanoTime();
        boolean was = patient;
        patient = now - since < (has.isPresent() ? PATIENCE : ANSWER_TIMEOUT);
        if (link == null) {
            open();
        }
        if (was != patient || link == null) {
            changed.onLoan();
        }
    }

    /** Marks the pieces that nobody else is to be asked for. */
    void hold(Bitfield held) {
        if (ended || banned || (has.isPresent() && link == null)) {
            return;
        }
        var pieces = shared.shared();
        var coming = coming();
        for (int piece = pieces.nextSet(0); piece >= 0; piece = pieces.nextSet(piece + 1)) {
            if (has.isEmpty() ? patient : shared.isCovered(piece, coming)) {
                held.set(piece);
            }
        }
    }

    /** Pieces of the lender that it has or, if we wait for it, will have. */
    private Bitfield coming() {
        var coming = has.map(Bitfield::copy).orElseGet(this::nothing);
        if (waitsForIt && patient) {
            for (int piece = expects.nextSet(0); piece >= 0; piece = expects.nextSet(piece + 1)) {
                coming.set(piece);
            }
        }
        return coming;
    }

    void end() {
        ended = true;
        lender.lending().leave(this);
        if (link != null) {
            link.close("nothing more is wanted of it");
        }
    }

    /** What came of it, if anything did. */
    Optional<DiscoveryStatus> outcome() {
        return bytes == 0 ? Optional.empty() : Optional.of(banned ? status() : say(copied()));
    }

    DiscoveryStatus status() {
        String message;
        if (banned) {
            message = "not used any more: its data is not what it was; " + copied();
        } else if (link == null) {
            message = has.isEmpty() ? "asked" : "not at work";
        } else {
            message = copied();
        }
        return say(message);
    }

    private String copied() {
        return String.format(Locale.ROOT, "%.1f MiB copied", bytes / 1048576.0);
    }

    private DiscoveryStatus say(String message) {
        return new DiscoveryStatus("this node", lender.name(), message, Optional.empty());
    }
}
