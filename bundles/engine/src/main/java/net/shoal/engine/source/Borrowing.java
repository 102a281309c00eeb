package net.shoal.engine.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.base.model.Bitfield;
import net.shoal.engine.swarm.Loop;
import net.shoal.engine.swarm.Swarm;

/**
 * What a transfer need not fetch, because others of this node have it or are just fetching it: it is copied, and hashed like all that comes. Of
 * the peers nobody is asked for it meanwhile. On the loop of the transfer.
 */
final class Borrowing implements Loan.Changed {
    private final Loop loop;
    private final SameFiles files;
    private final Holder self;
    private final Swarm swarm;
    private final Map<Holder, Loan> loans = new LinkedHashMap<>();
    /** What came of those that are over. */
    private final Map<Holder, DiscoveryStatus> over = new LinkedHashMap<>();

    private long version = -1;
    private boolean refreshDue;
    private boolean closed;

    /** @param swarm that knows its content */
    Borrowing(Loop loop, SameFiles files, Holder self, Swarm swarm) {
        this.loop = loop;
        this.files = files;
        this.self = self;
        this.swarm = swarm;
        tick();
    }

    /** About once a second. */
    void tick() {
        if (closed) {
            return;
        }
        if (swarm.report().isFinished()) {
            endAll();
            return;
        }
        if (version != files.version()) {
            version = files.version();
            look();
        }
        loans.values().forEach(Loan::tick);
    }

    private void look() {
        var lenders = files.lenders(self);
        for (var holder : List.copyOf(loans.keySet())) {
            if (!lenders.containsKey(holder)) {
                end(holder);
            }
        }
        lenders.forEach((holder, shared) ->
                loans.computeIfAbsent(holder, any -> new Loan(loop, swarm, self, any, shared, this)));
        hold();
    }

    @Override
    public void onPiece(int piece) {
        swarm.hold(piece);
    }

    @Override
    public void onLoan() {
        if (!refreshDue) {
            refreshDue = true;
            loop.execute(() -> {
                refreshDue = false;
                hold();
            });
        }
    }

    private void hold() {
        if (!closed) {
            var held = new Bitfield(self.info().layout().pieceCount());
            loans.values().forEach(loan -> loan.hold(held));
            swarm.hold(held);
        }
    }

    private void endAll() {
        if (!loans.isEmpty()) {
            List.copyOf(loans.keySet()).forEach(this::end);
            hold();
        }
        version = -1;
    }

    private void end(Holder lender) {
        var loan = loans.remove(lender);
        if (loan != null) {
            loan.end();
            loan.outcome().ifPresent(outcome -> over.put(lender, outcome));
        }
    }

    /** How each stands. */
    List<DiscoveryStatus> status() {
        return Stream.concat(loans.values().stream().map(Loan::status), over.values().stream())
                .toList();
    }

    void close() {
        closed = true;
        loans.values().forEach(Loan::end);
        loans.clear();
    }
}
