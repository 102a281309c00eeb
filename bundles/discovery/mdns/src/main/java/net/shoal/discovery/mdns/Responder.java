package net.shoal.discovery.mdns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntUnaryOperator;
import net.shoal.api.net.MulticastPlace;

/**
 * Publishes our service (RFC 6762, sections 6 and 8). RESTING, until there is a place and a port; PROBING, whether the name is free, three times;
 * ANNOUNCING, three times; ANSWERING. A name that is not free gets a number, and is probed anew. Times in milliseconds that only
 * go forward. Confined to one thread.
 */
final class Responder {
    static final int PORT = 5353;
    static final long PROBE_AFTER = 250;
    static final long SAME_AFTER = 1_000;
    private static final int PROBES = 3;
    private static final long[] ANNOUNCE_AFTER = {1_000, 2_000, 4_000};
    /** After so many names that were not free somebody does not want us to have any; we go on slowly. */
    private static final int MANY_CONFLICTS = 10;

    private static final long SLOWLY = 60_000;
    private static final long NEVER = Long.MAX_VALUE;

    private enum State {
        RESTING,
        PROBING,
        ANNOUNCING,
        ANSWERING
    }

    private final String name;
    private final String host;
    private final List<String> txt;
    private final IntUnaryOperator random;
    private final BiConsumer<MulticastPlace, DnsMessage> out;
    /** When we spoke last at each place, and when we are going to answer. */
    private final Map<MulticastPlace, Long> spoken = new HashMap<>();

    private final Map<MulticastPlace, Long> answers = new HashMap<>();
    private List<MulticastPlace> places = List.of();
    private State state = State.RESTING;
    private OwnService own;
    private int port;
    private int conflicts;
    private int step;
    private long next = NEVER;

    /**
     * @param name of the node
     * @param host a label that nobody else has
     * @param random up to a bound
     * @param out sends to a group
     */
    Responder(
            String name,
            String host,
            List<String> txt,
            IntUnaryOperator random,
            BiConsumer<MulticastPlace, DnsMessage> out) {
        this.name = fit(name);
        this.host = host;
        this.txt = txt;
        this.random = random;
        this.out = out;
        this.own = service();
    }

    /** With room for a number. */
    private static String fit(String name) {
        var fitting = name;
        while (!fitting.isEmpty() && !DnsName.fits(fitting + " (99999999)")) {
            fitting = fitting.substring(0, fitting.offsetByCodePoints(fitting.length(), -1));
        }
        return fitting.isEmpty() ? "Shoal" : fitting;
    }

    private OwnService service() {
        var label = conflicts == 0 ? name : name + " (" + (conflicts + 1) + ")";
        return new OwnService(
                OwnService.SERVICE.child(label), DnsName.of("local").child(host), port, txt);
    }

    OwnService own() {
        return own;
    }

    /** True once others can know of us. */
    boolean isPublished() {
        return state == State.ANNOUNCING || state == State.ANSWERING;
    }

    /** Begins anew, as others may be there that have our name. */
    void moveTo(List<MulticastPlace> now, int listenPort, long time) {
        boolean isMore = !places.containsAll(now);
        boolean isElsewhere = port != listenPort;
        places = List.copyOf(now);
        port = listenPort;
        spoken.keySet().retainAll(places);
        answers.keySet().retainAll(places);
        if (places.isEmpty() || port == 0) {
            state = State.RESTING;
            next = NEVER;
        } else if (isMore || isElsewhere || state == State.RESTING) {
            probe(time + random.applyAsInt((int) PROBE_AFTER));
        }
    }

    private void probe(long at) {
        own = service();
        state = State.PROBING;
        step = 0;
        next = at;
    }

    /** When there is something to do. */
    long due() {
        return answers.values().stream().mapToLong(at -> at).reduce(next, Math::min);
    }

    void tick(long now) {
        if (now >= next) {
            advance(now);
        }
        for (var answer : Map.copyOf(answers).entrySet()) {
            if (now >= answer.getValue()) {
                answers.remove(answer.getKey());
                announce(answer.getKey(), now);
            }
        }
    }

    private void advance(long now) {
        if (state == State.PROBING && step < PROBES) {
            var probe = DnsMessage.query(
                    List.of(new DnsMessage.Question(own.instance(), DnsRecord.TYPE_ANY)),
                    List.of(),
                    List.of(own.srv()));
            places.forEach(place -> out.accept(place, probe));
            step++;
            next = now + PROBE_AFTER;
            return;
        }
        if (state == State.PROBING) {
            state = State.ANNOUNCING;
            step = 0;
        }
        places.forEach(place -> announce(place, now));
        next = now + ANNOUNCE_AFTER[step];
        step++;
        if (step == ANNOUNCE_AFTER.length) {
            state = State.ANSWERING;
            next = NEVER;
        }
    }

    private void announce(MulticastPlace place, long now) {
        spoken.put(place, now);
        out.accept(place, DnsMessage.response(own.records(place)));
    }

    /**
     * Somebody has spoken. Whoever asks is answered by what goes to the group, also one who asks from another port and may not hear that (section
     * 6.7): an answer to him alone is several times as long as his question, and would go to whose address he has written on it.
     */
    void received(MulticastPlace place, DnsMessage message, long now) {
        if (state == State.RESTING) {
            return;
        }
        if (message.isResponse() || state == State.PROBING) {
            contend(message, now);
        }
        if (!message.isResponse() && isPublished() && isAsked(message)) {
            answerSoon(place, now);
        }
    }

    /** Another one has our name; of two who are about to take it the one whose claim is the greater has it (section 8.2). */
    private void contend(DnsMessage message, long now) {
        var theirs = new ArrayList<DnsRecord>(message.isResponse() ? message.answers() : message.authorities());
        theirs.removeIf(each -> !(each instanceof DnsRecord.Srv srv)
                || !srv.name().equals(own.instance())
                || srv.ttl() == 0
                || (srv.port() == own.port() && srv.target().equals(own.host())));
        if (theirs.isEmpty()) {
            return;
        }
        if (state != State.PROBING) {
            // whoever came first answers the probe
            probe(now + PROBE_AFTER);
        } else if (message.isResponse() || isGreater((DnsRecord.Srv) theirs.get(0))) {
            conflicts++;
            probe(now + (conflicts % MANY_CONFLICTS == 0 ? SLOWLY : PROBE_AFTER));
        }
    }

    private boolean isGreater(DnsRecord.Srv theirs) {
        int byPort = Integer.compare(theirs.port(), own.port());
        return byPort != 0
                ? byPort > 0
                : theirs.target()
                                .labels()
                                .toString()
                                .compareTo(own.host().labels().toString())
                        > 0;
    }

    private boolean isAsked(DnsMessage message) {
        return message.questions().stream().anyMatch(question -> isAsked(question, message.answers()));
    }

    private boolean isAsked(DnsMessage.Question question, List<DnsRecord> known) {
        if (question.asks(OwnService.SERVICE, DnsRecord.TYPE_PTR)) {
            return known.stream()
                    .noneMatch(each -> each instanceof DnsRecord.Ptr ptr
                            && ptr.target().equals(own.instance())
                            && ptr.ttl() >= OwnService.OTHER_TTL / 2);
        }
        return question.asks(OwnService.ALL, DnsRecord.TYPE_PTR)
                || question.asks(own.instance(), DnsRecord.TYPE_SRV, DnsRecord.TYPE_TXT)
                || question.asks(own.host(), DnsRecord.TYPE_A, DnsRecord.TYPE_AAAA);
    }

    /** Not at once, as others may answer too, and not again within a second (section 6). */
    private void answerSoon(MulticastPlace place, long now) {
        if (places.contains(place)) {
            long last = spoken.getOrDefault(place, now - SAME_AFTER);
            answers.putIfAbsent(place, Math.max(now + 20 + random.applyAsInt(100), last + SAME_AFTER));
        }
    }

    /** We are about to go. */
    void farewell() {
        if (isPublished()) {
            places.forEach(place -> out.accept(place, DnsMessage.response(own.farewell())));
        }
        state = State.RESTING;
        next = NEVER;
    }
}
