package net.shoal.discovery.dht.node;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.lookup.Answer;
import net.shoal.discovery.dht.store.Bloom;

/**
 * How many seeds and other peers several nodes know of a swarm together (BEP 33). A guess: what they tell are sets in which nobody can be told
 * apart. Of three and more one that claims far more than the next is taken for a liar and left out.
 */
public final class Headcount implements Answer {
    /** Beyond that many the sets say nothing any more. */
    private static final int MOST = 6_000;

    private static final int MAX_VALUES = 100;
    private static final int ENOUGH = 3;
    private static final double EXAGGERATION = 4;
    private static final int NEGLIGIBLE = 20;

    private final Consumer<Headcount> done;
    private final List<Filters> told = new ArrayList<>();
    private final int addressLength;
    private int waiting;
    private int seeds;
    private int others;

    private record Filters(Bloom seeds, Bloom others, double size) {
        Filters(Bloom seeds, Bloom others) {
            this(seeds, others, Math.max(seeds.estimate(), others.estimate()));
        }
    }

    /**
     * @param nodes how many are asked
     * @param addressLength bytes of an address of the network that is asked
     */
    Headcount(int nodes, int addressLength, Consumer<Headcount> done) {
        this.waiting = nodes;
        this.addressLength = addressLength;
        this.done = done;
    }

    @Override
    public void replied(Sha1Hash id, BDict values, int millis) {
        filters(values).filter(each -> each.size() <= MOST).ifPresent(told::add);
        settle();
    }

    @Override
    public void failed(int code, String text) {
        settle();
    }

    private Optional<Filters> filters(BDict values) {
        var seedFilter = filter(values, "BFsd");
        var peerFilter = filter(values, "BFpe");
        if (seedFilter.isPresent() && peerFilter.isPresent()) {
            return Optional.of(new Filters(seedFilter.get(), peerFilter.get()));
        }
        return values.list("values").map(list -> {
            var some = new Bloom();
            int looked = 0;
            for (var value : list) {
                if (value instanceof BString compact && compact.length() == addressLength + Short.BYTES) {
                    var address = new byte[addressLength];
                    compact.buffer().get(address);
                    some.add(address);
                }
                if (++looked >= MAX_VALUES) {
                    break;
                }
            }
            return new Filters(new Bloom(), some);
        });
    }

    private static Optional<Bloom> filter(BDict values, String key) {
        return values.string(key)
                .filter(bytes -> bytes.length() == Bloom.LENGTH)
                .map(bytes -> {
                    var bloom = new Bloom();
                    ByteBuffer buffer = bytes.buffer();
                    bloom.add(buffer);
                    return bloom;
                });
    }

    private void settle() {
        if (--waiting == 0) {
            told.sort(Comparator.comparingDouble(Filters::size).reversed());
            while (told.size() >= ENOUGH
                    && told.get(0).size() > EXAGGERATION * told.get(1).size() + NEGLIGIBLE) {
                told.remove(0);
            }
            var allSeeds = new Bloom();
            var allOthers = new Bloom();
            told.forEach(each -> {
                allSeeds.add(each.seeds());
                allOthers.add(each.others());
            });
            seeds = (int) Math.round(allSeeds.estimate());
            others = (int) Math.round(allOthers.estimate());
            done.accept(this);
        }
    }

    /** How many nodes have told anything; the rest is worth nothing if there are none. */
    public int nodes() {
        return told.size();
    }

    public int seeds() {
        return seeds;
    }

    public int others() {
        return others;
    }
}
