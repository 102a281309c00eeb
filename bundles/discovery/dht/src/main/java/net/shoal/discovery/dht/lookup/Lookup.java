package net.shoal.discovery.dht.lookup;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.table.Contact;
import net.shoal.discovery.dht.table.Ids;
import net.shoal.discovery.dht.table.RoutingTable;
import org.jspecify.annotations.Nullable;

/**
 * One walk towards a key. Of those it has heard of, the {@value RoutingTable#K} closest that have not failed are its <em>window</em>: it asks who is new
 * there, a few at a time, and is done when all of the window have replied. Nodes whose ids their addresses do not allow (BEP 42) are no part of
 * the window; a few of them are asked beside it, since old clients have such ids and hold peers too.
 *
 * <p>Against those that lie: one node a /24 (or /48 of IPv6), at most {@value #MAX_NODES} nodes taken from a reply, and whom somebody names that has named
 * several that are not there is not asked.
 */
public final class Lookup {
    /** Questions under way at a time. */
    static final int ALPHA = 4;
    /** Of one reply; BEP 5 has 8 of them, some clients send more. */
    static final int MAX_NODES = 16;

    private static final int MAX_CANDIDATES = 64;
    private static final int MAX_ASKED = 80;
    private static final int MAX_STRANGERS = 6;

    /** What a walk is for. */
    public interface Errand {
        /** Asks one node; what it replies goes to {@code answer}. */
        void ask(Candidate to, Answer answer);

        /** A node has replied. */
        default void replied(Candidate from) {}

        /** All that are asked have replied or failed. */
        void done(Lookup lookup);
    }

    private final Sha1Hash target;
    private final Sha1Hash self;
    private final Family family;
    private final BString nodesKey;
    private final Predicate<Endpoint> mayAsk;
    private final Errand errand;
    /** The closest first. */
    private final List<Candidate> candidates = new ArrayList<>();

    private final Set<Endpoint> heardOf = new HashSet<>();
    private final Set<Long> blocks = new HashSet<>();
    private int underWay;
    private int asked;
    private int strangers;
    private boolean isDone;

    /** @param mayAsk false for addresses beyond the network scope */
    public Lookup(Sha1Hash target, Sha1Hash self, Family family, Predicate<Endpoint> mayAsk, Errand errand) {
        this.target = target;
        this.self = self;
        this.family = family;
        this.nodesKey = BString.of(family.nodes);
        this.mayAsk = mayAsk;
        this.errand = errand;
    }

    /**
     * @param known of our own table
     * @param entries addresses whose ids nobody knows, for who knows nobody else
     */
    public void start(List<Contact> known, List<Endpoint> entries) {
        for (int i = 0; i < known.size(); i++) {
            add(new Candidate(known.get(i).id, known.get(i).endpoint, null));
        }
        for (var entry : entries) {
            if (heardOf.add(entry)) {
                ask(new Candidate(self, entry, null));
            }
        }
        step();
    }

    /** Ends it; nothing more is asked and nobody is told. */
    public void cancel() {
        isDone = true;
    }

    public Sha1Hash target() {
        return target;
    }

    public Family family() {
        return family;
    }

    /** How many were asked. */
    public int asked() {
        return asked;
    }

    public boolean isDone() {
        return isDone;
    }

    private void add(Candidate candidate) {
        var endpoint = candidate.endpoint;
        boolean isEligible = endpoint.family() == family
                && endpoint.leadsSomewhere()
                && mayAsk.test(endpoint)
                && !candidate.id.equals(self);
        if (!isEligible || heardOf.size() >= 1_000 || !heardOf.add(endpoint)) {
            return;
        }
        int at = candidates.size();
        while (at > 0 && Ids.compare(target, candidate.id, candidates.get(at - 1).id) < 0) {
            at--;
        }
        boolean isTwin = at > 0 && candidates.get(at - 1).id.equals(candidate.id);
        if (isTwin || at >= MAX_CANDIDATES || (!endpoint.isLocal() && !blocks.add(endpoint.block()))) {
            return;
        }
        candidates.add(at, candidate);
        if (candidates.size() > MAX_CANDIDATES) {
            candidates.remove(MAX_CANDIDATES);
        }
    }

    private void step() {
        while (!isDone && underWay < ALPHA && asked < MAX_ASKED) {
            var next = next();
            if (next == null) {
                break;
            }
            strangers += next.fits ? 0 : 1;
            ask(next);
        }
        if (!isDone && isWindowSettled()) {
            isDone = true;
            errand.done(this);
        }
    }

    private @Nullable Candidate next() {
        int window = 0;
        for (int i = 0; i < candidates.size() && window < RoutingTable.K; i++) {
            var candidate = candidates.get(i);
            boolean isNew = candidate.state == Candidate.State.NEW;
            if (isNew && candidate.isHearsayOfLiar()) {
                continue;
            }
            if (isNew && (candidate.fits || strangers < MAX_STRANGERS)) {
                return candidate;
            }
            window += candidate.fits && isInWindow(candidate) ? 1 : 0;
        }
        return null;
    }

    private static boolean isInWindow(Candidate candidate) {
        return candidate.state == Candidate.State.ASKED || candidate.state == Candidate.State.REPLIED;
    }

    /** Nobody in it is waited for. */
    private boolean isWindowSettled() {
        if (asked < MAX_ASKED && next() != null) {
            return false;
        }
        int window = 0;
        for (int i = 0; i < candidates.size() && window < RoutingTable.K; i++) {
            var candidate = candidates.get(i);
            if (candidate.state == Candidate.State.ASKED) {
                return false;
            }
            window += candidate.fits && candidate.state == Candidate.State.REPLIED ? 1 : 0;
        }
        return window > 0 || underWay == 0;
    }

    private void ask(Candidate candidate) {
        candidate.state = Candidate.State.ASKED;
        asked++;
        underWay++;
        errand.ask(candidate, new Waiting(candidate));
    }

    private final class Waiting implements Answer {
        private final Candidate candidate;

        Waiting(Candidate candidate) {
            this.candidate = candidate;
        }

        @Override
        public void replied(Sha1Hash id, BDict values, int millis) {
            settle();
            if (isDone) {
                return;
            }
            candidate.replied(values);
            if (values.get(nodesKey).orElse(BDict.EMPTY) instanceof BString nodes) {
                hear(candidate, nodes.buffer());
            }
            errand.replied(candidate);
            step();
        }

        @Override
        public void failed(int code, String text) {
            settle();
            if (!isDone) {
                candidate.failed();
                step();
            }
        }

        @Override
        public void isSlow() {
            if (candidate.state == Candidate.State.ASKED) {
                candidate.state = Candidate.State.SLOW;
                underWay--;
                step();
            }
        }

        private void settle() {
            underWay -= candidate.state == Candidate.State.ASKED ? 1 : 0;
        }
    }

    /** Compact nodes: id, address, port (BEP 5, 32). */
    private void hear(Candidate from, ByteBuffer nodes) {
        int length = Sha1Hash.LENGTH + family.endpointLength();
        for (int i = 0; i < MAX_NODES && nodes.remaining() >= length; i++) {
            var id = Sha1Hash.read(nodes);
            var endpoint = Endpoint.read(nodes, family);
            if (!heardOf.contains(endpoint) && from.endpoint.mayName(endpoint)) {
                add(new Candidate(id, endpoint, from));
            }
        }
    }

    /**
     * Who has replied, the closest first.
     *
     * @param secure only those whose ids their addresses allow
     */
    public List<Candidate> closest(int count, boolean secure) {
        var found = new ArrayList<Candidate>(count);
        for (int i = 0; i < candidates.size() && found.size() < count; i++) {
            var candidate = candidates.get(i);
            if (candidate.state == Candidate.State.REPLIED && (candidate.fits || !secure)) {
                found.add(candidate);
            }
        }
        return found;
    }

    /** With whom to leave something: the closest that give tokens, and those with foreign ids among them, since old clients ask these. */
    public List<Candidate> keepers() {
        var found = new ArrayList<Candidate>();
        int secure = 0;
        for (int i = 0; i < candidates.size() && secure < RoutingTable.K; i++) {
            var candidate = candidates.get(i);
            if (candidate.state == Candidate.State.REPLIED && candidate.token().isPresent()) {
                found.add(candidate);
                secure += candidate.fits ? 1 : 0;
            }
        }
        return found;
    }
}
