package net.shoal.itests.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Transfers that nobody transfers: some move a little every second. */
final class FakeTransfers implements AutoCloseable {
    /** Of the transfer that comes first, and of one that waits for a choice. */
    static final String FIRST = id(0);

    static final String CHOICE = id(4);

    private static final long TICK_MILLIS = 1000;
    private static final List<String> NAMES = List.of(
            "Holiday in Lisbon 2026",
            "debian-12.7.0-amd64-netinst.iso",
            "Die Verwandlung – Franz Kafka (Hörbuch)",
            "family-videos",
            "人间词话 (王国维)",
            "tax papers 2025.zip",
            "Big Buck Bunny 4K",
            "open-street-map-europe-latest.osm.pbf",
            "band rehearsal, take 14.flac",
            "صور العائلة",
            "thesis-final-FINAL-v3.pdf",
            "A-very-long-name-that-somebody-gave-to-a-folder-full-of-scanned-letters-of-the-nineteenth-century-with-transcriptions-and-notes");
    private static final List<String> STATES = List.of(
            "downloading",
            "seeding",
            "downloading",
            "seeding",
            "paused",
            "queued",
            "seeding",
            "metadata",
            "checking",
            "failed",
            "seeding",
            "downloading");

    private final Map<String, ObjectNode> rows = new LinkedHashMap<>();
    private final Random random = new Random(6);
    private final int moving;
    private final Queue<ObjectNode> notices = new ConcurrentLinkedQueue<>();
    private volatile boolean open = true;
    private ArrayNode contributions = FakeNode.JSON.createArrayNode();
    private boolean contributionsChanged;
    private volatile Consumer<ObjectNode> decoration = details -> {};

    private FakeTransfers(int count) {
        moving = Math.min(count, 200);
        for (int i = 0; i < count; i++) {
            var row = row(i);
            rows.put(row.path("id").asText(), row);
        }
    }

    static FakeTransfers of(int count) {
        return new FakeTransfers(count);
    }

    private static String id(int i) {
        return "%040x".formatted(0xabcdef0123L * (i + 17));
    }

    synchronized List<String> ids() {
        return List.copyOf(rows.keySet());
    }

    /** What is told of any transfer in detail is changed before it is told. */
    void decorate(Consumer<ObjectNode> decoration) {
        this.decoration = decoration;
    }

    synchronized ObjectNode add(String name) {
        var row = row(rows.size());
        row.put("name", name);
        rows.put(row.path("id").asText(), row);
        return row;
    }

    synchronized void contribute(JsonNode... all) {
        contributions = FakeNode.JSON.createArrayNode().addAll(List.of(all));
        contributionsChanged = true;
    }

    /** Told to the browser that looks. */
    void notice(String event, String id, String name, String message) {
        notices.add(FakeNode.JSON
                .createObjectNode()
                .put("event", event)
                .put("id", id)
                .put("name", name)
                .put("message", message));
    }

    private ObjectNode row(int i) {
        var state = STATES.get(i % STATES.size());
        long size = 20_000_000L + (long) (Math.abs(Math.sin(i + 1.0)) * 6_000_000_000L);
        boolean complete = state.equals("seeding");
        boolean known = !state.equals("metadata");
        boolean choosing = state.equals("paused") && i % 3 == 1;
        long done = complete ? size : choosing ? 0 : (long) (size * Math.abs(Math.cos(i * 0.7 + 0.4)) * 0.95);
        var row = FakeNode.JSON.createObjectNode();
        row.put("id", id(i)).put("name", i < NAMES.size() ? NAMES.get(i) : NAMES.get(i % NAMES.size()) + " " + i);
        row.put("state", state);
        row.put("part", state.equals("checking") ? Double.valueOf(0.42) : null);
        row.put("why", state.equals("paused") ? (choosing ? "choice" : "user") : null);
        if (state.equals("failed")) {
            row.putObject("problem")
                    .put("trouble", "disk-full")
                    .put("reason", "the disk is full")
                    .put("hint", "free 2.1 GB on /home, or move it to another disk")
                    .put("since", 1_800_000_000_000L);
        } else {
            row.putNull("problem");
        }
        long down = state.equals("downloading") ? 300_000L + random.nextInt(9_000_000) : 0;
        row.put("size", known ? size : 0).put("wanted", known ? size : 0).put("done", known ? done : 0);
        row.put("down", down).put("up", complete && i % 3 == 0 ? random.nextInt(2_000_000) : 0);
        row.put("downloaded", complete && i % 2 == 0 ? 0 : done)
                .put("uploaded", (long) (done * (i % 5) * 0.4))
                .put("ratio", (i % 5) * 0.4);
        row.put("peers", state.equals("downloading") ? 1 + i % 23 : complete ? i % 4 : 0)
                .put("seeds", state.equals("downloading") ? i % 5 : 0)
                .put("known", 3 + i % 40);
        row.put("eta", down > 0 ? Long.valueOf((size - done) / down) : null);
        row.put("path", "/home/ada/Downloads/" + row.path("name").asText())
                .put("visibility", "link")
                .put("share", complete && i % 2 == 1);
        row.put("added", 1_795_000_000_000L - i * 3_600_000L);
        row.put("completed", complete ? Long.valueOf(1_795_000_500_000L - i * 3_600_000L) : null)
                .putNull("removing");
        return row;
    }

    /** Until the browser goes. */
    void stream(OutputStream out) throws IOException {
        write(out, "snapshot", snapshot());
        while (open) {
            try {
                Thread.sleep(TICK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            write(out, "delta", delta());
            for (var notice = notices.poll(); notice != null; notice = notices.poll()) {
                write(out, "notice", notice);
            }
        }
    }

    private static void write(OutputStream out, String event, JsonNode data) throws IOException {
        out.write(("event: " + event + "\ndata: " + FakeNode.JSON.writeValueAsString(data) + "\n\n")
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private synchronized ObjectNode snapshot() {
        var snapshot = FakeNode.JSON.createObjectNode();
        snapshot.set("totals", totals());
        snapshot.set(
                "transfers",
                FakeNode.JSON
                        .createArrayNode()
                        .addAll(rows.values().stream().map(ObjectNode::deepCopy).toList()));
        snapshot.putArray("preparing");
        snapshot.set("contributions", contributions);
        return snapshot;
    }

    private synchronized ObjectNode delta() {
        var delta = FakeNode.JSON.createObjectNode();
        var changed = delta.putArray("changed");
        rows.values().stream()
                .limit(moving)
                .filter(row -> row.path("down").asLong() > 0)
                .forEach(row -> {
                    long down =
                            Math.max(50_000, (long) (row.path("down").asLong() * (0.85 + random.nextDouble() * 0.3)));
                    long done = Math.min(
                            row.path("wanted").asLong(), row.path("done").asLong() + down);
                    row.put("down", down)
                            .put("done", done)
                            .put("eta", (row.path("wanted").asLong() - done) / down);
                    changed.addObject()
                            .put("id", row.path("id").asText())
                            .put("down", down)
                            .put("done", done)
                            .put("eta", row.path("eta").asLong());
                });
        delta.set("totals", totals());
        if (contributionsChanged) {
            contributionsChanged = false;
            delta.set("contributions", contributions);
        }
        return delta;
    }

    private ObjectNode totals() {
        var totals = FakeNode.JSON.createObjectNode();
        totals.put("down", sum("down"))
                .put("up", sum("up"))
                .put("downloaded", sum("downloaded"))
                .put("uploaded", sum("uploaded"))
                .put("peers", sum("peers"))
                .put("transfers", rows.size());
        var states = totals.putObject("states");
        rows.values()
                .forEach(row -> states.put(
                        row.path("state").asText(),
                        states.path(row.path("state").asText()).asInt() + 1));
        return totals.put("downLimit", 0).put("upLimit", 2_000_000);
    }

    private long sum(String member) {
        return rows.values().stream()
                .mapToLong(row -> row.path(member).asLong())
                .sum();
    }

    /** What is answered below {@code transfers}; null if there is none. */
    synchronized @Nullable JsonNode answer(String method, String[] parts, JsonNode given) throws IOException {
        if (parts.length == 1) {
            return method.equals("POST")
                    ? add("A thing from a link").put("state", "paused").put("why", "choice")
                    : snapshot();
        }
        if (parts[1].equals("bulk")) {
            given.path("ids")
                    .forEach(id -> change(
                            rows.get(id.asText()), given.path("change"), given.has("remove"), given.has("restore")));
            return FakeNode.JSON.createObjectNode().set("outcomes", FakeNode.JSON.createArrayNode());
        }
        var row = rows.get(parts[1]);
        if (row == null) {
            return null;
        }
        if (method.equals("GET")) {
            var details = (ObjectNode) FakeNode.JSON.readTree(FakeNode.canned("details.json"));
            details.set("transfer", row);
            decoration.accept(details);
            return details;
        }
        change(row, given, method.equals("DELETE"), parts.length > 2);
        return row;
    }

    private static void change(@Nullable ObjectNode row, JsonNode change, boolean remove, boolean restore) {
        if (row == null) {
            return;
        }
        if (remove) {
            row.put("removing", System.currentTimeMillis() + 10_000);
        }
        if (restore) {
            row.putNull("removing");
        }
        if (change.has("paused")) {
            boolean paused = change.path("paused").asBoolean();
            row.put("state", paused ? "paused" : "downloading")
                    .put("why", paused ? "user" : null)
                    .put("down", paused ? 0 : 1_000_000);
        }
    }

    @Override
    public void close() {
        open = false;
    }
}
