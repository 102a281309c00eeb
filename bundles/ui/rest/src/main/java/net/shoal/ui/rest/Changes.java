package net.shoal.ui.rest;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.shoal.api.net.Network;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.TransferOptions;
import net.shoal.base.command.Endpoint;
import net.shoal.base.command.Values;
import net.shoal.base.model.PeerAddress;
import org.jspecify.annotations.Nullable;

/** Reads what a request wants to be different. */
final class Changes {
    static final List<String> MEMBERS = List.of(
            "paused",
            "recheck",
            "downLimit",
            "upLimit",
            "maxPeers",
            "ratioLimit",
            "idleLimit",
            "sequential",
            "firstLast",
            "superSeeding",
            "forced",
            "queue",
            "priorities",
            "addTrackers",
            "addWebSeeds",
            "addPeers",
            "moveTo",
            "rename");

    private static final int MOST = 1_000;
    private static final int LONGEST_URL = 4_096;
    private static final int MOST_PRIORITIES = 1_000_000;
    private static final long LONGEST_IDLE = Duration.ofDays(3_650).toSeconds();

    private final Network network;

    Changes(Network network) {
        this.network = network;
    }

    /** @return what takes its time; then it is alone */
    static Optional<TransferChange> slow(Body body) throws ApiException {
        if (body.has("moveTo")) {
            alone(body);
            return Optional.of(new TransferChange.Move(Folders.path("moveTo", body.needed("moveTo", LONGEST_URL))));
        }
        if (body.has("rename")) {
            alone(body);
            var rename = Body.of(body.get("rename"), List.of("path", "name"));
            return Optional.of(new TransferChange.Rename(
                    rename.text("path", LONGEST_URL).orElse(""), rename.needed("name", LONGEST_URL)));
        }
        return Optional.empty();
    }

    private static void alone(Body body) throws ApiException {
        for (var member : MEMBERS) {
            if (body.has(member) && !member.equals("moveTo") && !member.equals("rename")) {
                throw ApiException.wrong(member, "a move or a rename is alone in its request");
            }
        }
        if (body.has("moveTo") && body.has("rename")) {
            throw ApiException.wrong("rename", "move first, then rename");
        }
    }

    /** In an order in which they can be done together. */
    List<TransferChange> quick(Body body, TransferOptions now) throws ApiException, InterruptedException {
        var changes = new ArrayList<TransferChange>();
        limits(body, now.limits()).ifPresent(changes::add);
        body.maybeFlag("sequential").map(TransferChange.Sequential::new).ifPresent(changes::add);
        body.maybeFlag("firstLast").map(TransferChange.FirstAndLast::new).ifPresent(changes::add);
        body.maybeFlag("superSeeding").map(TransferChange.SuperSeed::new).ifPresent(changes::add);
        body.maybeFlag("forced").map(TransferChange.Force::new).ifPresent(changes::add);
        body.choice("queue", TransferChange.Queue.Place.class)
                .map(TransferChange.Queue::new)
                .ifPresent(changes::add);
        priorities(body).ifPresent(changes::add);
        urls(body, "addTrackers").map(TransferChange.AddTrackers::new).ifPresent(changes::add);
        urls(body, "addWebSeeds").map(TransferChange.AddWebSeeds::new).ifPresent(changes::add);
        if (body.has("addPeers")) {
            changes.add(new TransferChange.AddPeers(peers(body, "addPeers")));
        }
        if (body.flag("recheck")) {
            changes.add(new TransferChange.Recheck());
        }
        var paused = body.maybeFlag("paused");
        if (paused.isPresent()) {
            changes.add(paused.get() ? new TransferChange.Pause() : new TransferChange.Resume());
        }
        return changes;
    }

    private static Optional<TransferChange> limits(Body body, TransferLimits now) throws ApiException {
        var limits = new TransferLimits(
                body.whole("downLimit", 0, Long.MAX_VALUE).orElse(now.downRate()),
                body.whole("upLimit", 0, Long.MAX_VALUE).orElse(now.upRate()),
                (int) body.whole("maxPeers", 0, Integer.MAX_VALUE).orElse(now.maxPeers()),
                body.has("ratioLimit") ? ratio(body.get("ratioLimit")) : now.ratio(),
                body.has("idleLimit") ? idle(body.get("idleLimit")) : now.idle());
        return limits.equals(now) ? Optional.empty() : Optional.of(new TransferChange.Limit(limits));
    }

    private static OptionalDouble ratio(@Nullable Object value) throws ApiException {
        if (value == null) {
            return OptionalDouble.empty();
        }
        if ("never".equals(value)) {
            return OptionalDouble.of(Double.POSITIVE_INFINITY);
        }
        if (value instanceof Number number && number.doubleValue() >= 0) {
            return OptionalDouble.of(number.doubleValue());
        }
        throw ApiException.wrong("ratioLimit", "ratioLimit is a number, never, or null");
    }

    private static Optional<Duration> idle(@Nullable Object value) throws ApiException {
        if (value == null) {
            return Optional.empty();
        }
        if ("never".equals(value)) {
            return Optional.of(Duration.ZERO);
        }
        if (value instanceof Long seconds && seconds > 0 && seconds <= LONGEST_IDLE) {
            return Optional.of(Duration.ofSeconds(seconds));
        }
        throw ApiException.wrong("idleLimit", "idleLimit is a number of seconds, never, or null");
    }

    private static Optional<TransferChange> priorities(Body body) throws ApiException {
        if (!body.has("priorities")) {
            return Optional.empty();
        }
        if (!(body.get("priorities") instanceof Map<?, ?> given) || given.size() > MOST_PRIORITIES) {
            throw ApiException.wrong("priorities", "priorities is an object: a priority by the index of each file");
        }
        var files = new LinkedHashMap<Integer, FilePriority>();
        for (var entry : given.entrySet()) {
            var index = String.valueOf(entry.getKey());
            if (!index.matches("[0-9]{1,9}")) {
                throw ApiException.wrong("priorities", "'" + index + "' is no index of a file");
            }
            files.put(
                    Integer.parseInt(index),
                    Words.parse("priorities", String.valueOf(entry.getValue()), FilePriority.class));
        }
        return Optional.of(new TransferChange.Prioritise(files));
    }

    private static Optional<List<URI>> urls(Body body, String member) throws ApiException {
        if (!body.has(member)) {
            return Optional.empty();
        }
        var urls = new ArrayList<URI>();
        for (var text : body.texts(member, MOST, LONGEST_URL)) {
            try {
                urls.add(Values.url(text));
            } catch (IllegalArgumentException e) {
                throw ApiException.wrong(member, String.valueOf(e.getMessage()));
            }
        }
        return Optional.of(urls);
    }

    List<PeerAddress> peers(Body body, String member) throws ApiException, InterruptedException {
        var peers = new ArrayList<PeerAddress>();
        for (var text : body.texts(member, MOST, LONGEST_URL)) {
            try {
                var endpoint = Endpoint.parse(text);
                Waiting.briefly(network.resolve(endpoint.host().orElseThrow())).stream()
                        .map(address -> PeerAddress.ip(address, endpoint.port()))
                        .forEach(peers::add);
            } catch (IllegalArgumentException e) {
                throw ApiException.wrong(member, String.valueOf(e.getMessage()));
            } catch (ApiException e) {
                throw e.at(member);
            }
        }
        return peers;
    }
}
