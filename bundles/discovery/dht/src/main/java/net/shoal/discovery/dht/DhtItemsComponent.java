package net.shoal.discovery.dht;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import net.shoal.api.dht.DhtItems;
import net.shoal.api.dht.MutableItem;
import net.shoal.api.dht.MutableKey;
import net.shoal.api.dht.Registration;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.RemoteText;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.lookup.Candidate;
import net.shoal.discovery.dht.lookup.Lookup;
import net.shoal.discovery.dht.node.DhtNode;
import net.shoal.discovery.dht.node.Tally;
import net.shoal.discovery.dht.store.ItemStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Items in the DHT, by walks in each network in which nodes are known. What nodes give is checked before anybody sees it. */
@Component
public final class DhtItemsComponent implements DhtItems {
    /** Of what one walk brings at most, signatures are checked. */
    private static final int MAX_CHECKED = 40;

    private final DhtDiscovery dht;

    @Activate
    public DhtItemsComponent(@Reference DhtDiscovery dht) {
        this.dht = dht;
    }

    @Override
    public CompletionStage<Optional<BValue>> get(Sha1Hash target) {
        var result = new CompletableFuture<Optional<BValue>>();
        walk(
                target,
                result,
                kept -> result.complete(Optional.of(kept.value())),
                from -> from.values()
                        .get("v")
                        .filter(value -> ItemStore.judge(value) == ItemStore.Outcome.STORED)
                        .filter(value -> ItemStore.target(value).equals(target))
                        .ifPresent(value -> result.complete(Optional.of(value))),
                walks -> result.complete(Optional.empty()));
        return result;
    }

    @Override
    public CompletionStage<Optional<MutableItem>> newest(MutableKey key) {
        var result = new CompletableFuture<Optional<MutableItem>>();
        var best = new Newest(key);
        walk(key.target(), result, kept -> best.item = kept.mutable(), best, walks -> result.complete(best.item));
        return result;
    }

    /** The newest item that is signed as it should be. */
    private static final class Newest implements Consumer<Candidate> {
        private final MutableKey key;
        private Optional<MutableItem> item = Optional.empty();
        private int checked;

        Newest(MutableKey key) {
            this.key = key;
        }

        @Override
        public void accept(Candidate from) {
            var values = from.values();
            var sequence = values.integer("seq");
            boolean isNews = sequence.isPresent()
                    && sequence.getAsLong() >= 0
                    && item.map(known -> known.sequence() < sequence.getAsLong())
                            .orElse(true);
            if (!isNews || !values.string("k").equals(Optional.of(key.publicKey())) || checked++ >= MAX_CHECKED) {
                return;
            }
            var value = values.get("v");
            var signature = values.string("sig");
            if (value.isPresent() && signature.isPresent()) {
                var candidate = new MutableItem(key, sequence.getAsLong(), value.get(), signature.get());
                item = ItemStore.judge(candidate) == ItemStore.Outcome.STORED ? Optional.of(candidate) : item;
            }
        }
    }

    @Override
    public CompletionStage<Stored> put(BValue value) {
        var outcome = ItemStore.judge(value);
        if (outcome != ItemStore.Outcome.STORED) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(outcome.text));
        }
        return leave(ItemStore.target(value), (node, walk, done) -> node.put(walk, value, done));
    }

    @Override
    public CompletionStage<Stored> publish(MutableItem item, OptionalLong replaces) {
        var outcome = ItemStore.judge(item);
        if (outcome != ItemStore.Outcome.STORED) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(outcome.text));
        }
        return leave(item.key().target(), (node, walk, done) -> node.put(walk, item, replaces, done));
    }

    @Override
    public Registration keep(MutableItem item) {
        var outcome = ItemStore.judge(item);
        if (outcome != ItemStore.Outcome.STORED) {
            throw new IllegalArgumentException(outcome.text);
        }
        if (!dht.isEnabled()) {
            return () -> {};
        }
        var kept = new AtomicReference<HourlyItems.Item>();
        dht.loop().execute(() -> kept.set(dht.hourly().keep(item, dht.loop().now())));
        return () -> dht.loop().execute(() -> Optional.ofNullable(kept.get()).ifPresent(dht.hourly()::drop));
    }

    private interface Leaving {
        void begin(DhtNode node, Lookup walk, Consumer<Tally> done);
    }

    private CompletionStage<Stored> leave(Sha1Hash target, Leaving leaving) {
        var result = new CompletableFuture<Stored>();
        walk(target, result, kept -> {}, from -> {}, walks -> {
            var sum = new Sum(target, walks.size(), result);
            walks.forEach(walk -> leaving.begin(dht.loop().node(), walk, sum));
        });
        return result;
    }

    /** What the nodes of both networks said. */
    private static final class Sum implements Consumer<Tally> {
        private final Sha1Hash target;
        private final CompletableFuture<Stored> result;
        private final Set<String> refusals = new LinkedHashSet<>();
        private int waiting;
        private int taken;

        Sum(Sha1Hash target, int waiting, CompletableFuture<Stored> result) {
            this.target = target;
            this.waiting = waiting;
            this.result = result;
        }

        @Override
        public void accept(Tally tally) {
            taken += tally.taken();
            tally.refusals().forEach(each -> refusals.add(RemoteText.of(each)));
            if (--waiting == 0) {
                result.complete(new Stored(target, taken, List.copyOf(refusals)));
            }
        }
    }

    /**
     * @param kept what this node keeps itself
     * @param done with the walks of each network, once all have ended
     */
    private void walk(
            Sha1Hash target,
            CompletableFuture<?> result,
            Consumer<ItemStore.Kept> kept,
            Consumer<Candidate> replied,
            Consumer<List<Lookup>> done) {
        if (!dht.isEnabled()) {
            result.completeExceptionally(
                    new IllegalStateException("The DHT is switched off by net.shoal.discovery.dht:enabled."));
            return;
        }
        dht.loop().execute(() -> {
            var node = dht.loop().node();
            node.kept(target).ifPresent(kept);
            if (result.isDone()) {
                return;
            }
            var families = new ArrayList<Family>();
            for (var family : Family.values()) {
                if (node.usable(family) > 0) {
                    families.add(family);
                }
            }
            if (families.isEmpty()) {
                result.completeExceptionally(new IllegalStateException("No node of the DHT is known yet."));
                return;
            }
            var ended = new ArrayList<Lookup>();
            families.forEach(family -> node.items(family, target, OptionalLong.empty(), replied, walk -> {
                ended.add(walk);
                if (ended.size() == families.size()) {
                    done.accept(ended);
                }
            }));
        });
    }
}
