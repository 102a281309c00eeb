package net.shoal.discovery.dht.node;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Bencoder;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.krpc.KrpcMessage;
import net.shoal.discovery.dht.krpc.KrpcWriter;
import net.shoal.discovery.dht.limits.Addresses;
import net.shoal.discovery.dht.limits.Pace;
import net.shoal.discovery.dht.lookup.Answer;

/**
 * The questions under way. An answer is one only if it comes from where the question went and carries its transaction id. Questions leave at a
 * pace, over all and to each address; what would have to wait too long fails at once.
 */
final class Questions {
    /** Milliseconds after which an answer is not expected any more. */
    static final long TIMEOUT = 5_000;

    private static final BString ID = BString.of("id");
    private static final long LONGEST_WAIT = 20_000;
    private static final int MOST = 2_000;
    private static final int FIRST_GUESS = 800;
    private static final int QUICKEST = 250;
    private static final int SLOWEST = 1_500;

    /** What follows from an answer for what is known of the node, whoever asked. */
    interface Witness {
        void answered(Endpoint from, Sha1Hash id, KrpcMessage.Reply reply);

        void silent(Endpoint from);
    }

    private final Timers timers;
    private final RandomGenerator random;
    private final Addresses addresses;
    private final Outgoing out;
    private final Witness witness;
    private final Pace pace;
    private final Map<Integer, Question> underWay = new HashMap<>();
    private final Set<Family> hidden = EnumSet.noneOf(Family.class);
    private double usual = FIRST_GUESS / 2.0;
    private double spread = FIRST_GUESS / 8.0;
    private long sent;

    Questions(Timers timers, RandomGenerator random, Addresses addresses, Outgoing out, Witness witness, Pace pace) {
        this.timers = timers;
        this.random = random;
        this.addresses = addresses;
        this.out = out;
        this.witness = witness;
        this.pace = pace;
    }

    /** Nobody of that network is to take us for a node, or is to again. */
    void hideFrom(Family family, boolean on) {
        if (on) {
            hidden.add(family);
        } else {
            hidden.remove(family);
        }
    }

    boolean hidesFrom(Family family) {
        return hidden.contains(family);
    }

    /** Questions sent so far. */
    long sent() {
        return sent;
    }

    /** Milliseconds that a question would have to wait now. */
    long delay() {
        return pace.delay(timers.now());
    }

    /** @param arguments a whole dictionary */
    void ask(Endpoint to, String query, Bencoder arguments, Answer answer) {
        boolean isTooMuch = underWay.size() >= MOST || delay() > LONGEST_WAIT;
        long delay = isTooMuch ? 0 : Math.max(pace.take(timers.now(), 1), addresses.takeQuery(to, timers.now()));
        if (isTooMuch || delay > LONGEST_WAIT) {
            timers.in(0, () -> answer.failed(0, "too many questions are waiting"));
            return;
        }
        int transaction = random.nextInt();
        while (underWay.containsKey(transaction)) {
            transaction++;
        }
        var question = new Question(transaction, to, answer);
        underWay.put(transaction, question);
        if (delay == 0) {
            question.send(query, arguments);
        } else {
            timers.in(delay, () -> question.send(query, arguments));
        }
    }

    private final class Question {
        final int transaction;
        final Endpoint to;
        final Answer answer;
        private long asked;
        private Timers.Timer timer;

        Question(int transaction, Endpoint to, Answer answer) {
            this.transaction = transaction;
            this.to = to;
            this.answer = answer;
            this.timer = new Timers.Timer(0, 0, () -> {});
        }

        void send(String query, Bencoder arguments) {
            if (underWay.get(transaction) != this) {
                return;
            }
            asked = timers.now();
            var datagram = KrpcWriter.query(transaction, query, arguments, hidesFrom(to.family()));
            sent++;
            addresses.sent(to, datagram.length);
            timer = timers.in(patience(), this::slow);
            out.send(to, datagram);
        }

        private void slow() {
            timer = timers.in(Math.max(0, asked + TIMEOUT - timers.now()), this::silent);
            answer.isSlow();
        }

        private void silent() {
            underWay.remove(transaction);
            witness.silent(to);
            answer.failed(0, "no answer");
        }

        int settle() {
            timer.cancel();
            underWay.remove(transaction);
            return (int) (timers.now() - asked);
        }
    }

    /** As TCP guesses it (RFC 6298), within bounds. */
    private long patience() {
        return Math.round(Math.min(SLOWEST, Math.max(QUICKEST, usual + 4 * spread)));
    }

    private void took(int millis) {
        spread += (Math.abs(millis - usual) - spread) / 8;
        usual += (millis - usual) / 16;
    }

    void reply(Endpoint from, KrpcMessage.Reply reply) {
        var question = find(reply.transaction(), from);
        if (question == null) {
            return;
        }
        int millis = question.settle();
        took(millis);
        addresses.proved(from, timers.now());
        if (!(reply.values().get(ID).orElse(BDict.EMPTY) instanceof BString id) || id.length() != Sha1Hash.LENGTH) {
            question.answer.failed(203, "its answer has no id");
            return;
        }
        var node = Sha1Hash.read(id.buffer());
        witness.answered(from, node, reply);
        question.answer.replied(node, reply.values(), millis);
    }

    void refusal(Endpoint from, KrpcMessage.Refusal refusal) {
        var question = find(refusal.transaction(), from);
        if (question != null) {
            question.settle();
            addresses.proved(from, timers.now());
            question.answer.failed(refusal.code(), refusal.text());
        }
    }

    private @org.jspecify.annotations.Nullable Question find(BString transaction, Endpoint from) {
        if (transaction.length() != Integer.BYTES) {
            return null;
        }
        var question = underWay.get(transaction.buffer().getInt());
        return question != null && question.to.equals(from) ? question : null;
    }

    /** For those who ask and do not wait. */
    static final Answer NOBODY = new Answer() {
        @Override
        public void replied(Sha1Hash id, BDict values, int millis) {}

        @Override
        public void failed(int code, String text) {}
    };
}
