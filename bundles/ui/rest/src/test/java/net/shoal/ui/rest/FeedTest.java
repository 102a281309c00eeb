package net.shoal.ui.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import net.shoal.api.transfer.Transfer;
import org.junit.jupiter.api.Test;

class FeedTest {
    private final List<Transfer> transfers = new CopyOnWriteArrayList<>();
    private final Set<String> toldElsewhere = new HashSet<>();
    private final Feed feed = new Feed(
            new Feed.Sources(
                    () -> transfers,
                    (transfer, status) -> Row.of(status, null),
                    List::of,
                    List::of,
                    toldElsewhere::remove),
            "run1");

    private static String text(Feed.Message message) {
        return new String(message.sent().bytes(), StandardCharsets.UTF_8);
    }

    private static Map<?, ?> data(Feed.Message message) throws ApiException {
        var text = text(message);
        var json = text.substring(text.indexOf("data: ") + 6).strip();
        return (Map<?, ?>) Json.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String id(Feed.Message message) {
        return text(message).lines().findFirst().orElseThrow().substring("id: ".length());
    }

    private static Feed.Message next(Feed.Listener listener) throws InterruptedException {
        return listener.next(0).orElseThrow();
    }

    @Test
    void beginsWithHowThingsStandAndThenTellsOnlyWhatDiffers() throws Exception {
        var one = new FakeTransfer(1);
        var two = new FakeTransfer(2);
        transfers.addAll(List.of(one, two));
        var listener = feed.listen(Optional.empty());
        assertThat((List<?>) data(listener.first().get(0)).get("transfers")).hasSize(2);
        feed.tick();
        assertThat(listener.next(0)).as("nothing happened").isEmpty();
        one.done(500);
        feed.tick();
        var delta = data(next(listener));
        assertThat(delta.get("changed"))
                .isEqualTo(List.of(Map.of("id", one.hashes().hex(), "done", 500L, "downloaded", 500L, "ratio", 0.02)));
        assertThat(delta.containsKey("removed")).isFalse();
        transfers.remove(two);
        feed.tick();
        assertThat(data(next(listener)).get("removed"))
                .isEqualTo(List.of(two.hashes().hex()));
        transfers.add(two);
        feed.tick();
        var again = (Map<?, ?>) ((List<?>) data(next(listener)).get("changed")).get(0);
        assertThat(again.keySet()).hasSize(Row.NAMES.size());
    }

    /** The answer to a change showed something that has passed by the next look: nothing differs, and yet it has to be told. */
    @Test
    void whatWasToldElsewhereIsToldAgainWhole() throws Exception {
        var one = new FakeTransfer(1);
        transfers.add(one);
        var listener = feed.listen(Optional.empty());
        toldElsewhere.add(one.hashes().hex());
        feed.tick();
        var again = (Map<?, ?>) ((List<?>) data(next(listener)).get("changed")).get(0);
        assertThat(again.keySet()).hasSize(Row.NAMES.size());
        feed.tick();
        assertThat(listener.next(0)).as("once").isEmpty();
    }

    @Test
    void whoWasAwayGetsWhatWasMissedAndNoMore() throws Exception {
        var one = new FakeTransfer(1);
        transfers.add(one);
        var listener = feed.listen(Optional.empty());
        one.done(1);
        feed.tick();
        var seen = id(next(listener));
        listener.close();
        one.done(2);
        feed.tick();
        one.done(3);
        var back = feed.listen(Optional.of(seen));
        assertThat(back.first()).hasSize(2);
        assertThat(text(back.first().get(0))).contains("\"done\":2");
        assertThat(text(back.first().get(1))).contains("\"done\":3");
        assertThat(feed.listen(Optional.of(id(back.first().get(1)))).first()).isEmpty();
    }

    @Test
    void whoWasAwayForTooLongOrElsewhereBeginsAnew() throws Exception {
        var one = new FakeTransfer(1);
        transfers.add(one);
        var first = feed.listen(Optional.empty());
        var seen = id(first.first().get(0));
        first.close();
        for (int i = 1; i < 200; i++) {
            one.done(i);
            feed.tick();
        }
        for (var id : List.of(seen, "run2-1", "run1-999999", "run1-", "x", "run1--1")) {
            assertThat(text(feed.listen(Optional.of(id)).first().get(0))).as(id).contains("event: snapshot");
        }
    }

    @Test
    void oneThatDoesNotReadIsLostAndCostsTheOthersNothing() throws Exception {
        var one = new FakeTransfer(1);
        transfers.add(one);
        var slow = feed.listen(Optional.empty());
        var quick = feed.listen(Optional.empty());
        for (int i = 1; i < 100; i++) {
            one.done(i);
            feed.tick();
            assertThat(quick.next(0)).isPresent();
        }
        assertThat(slow.isLost()).isTrue();
        assertThat(quick.isLost()).isFalse();
    }

    @Test
    void onlySoManyMayListen() throws Exception {
        var all = new ArrayList<Feed.Listener>();
        for (int i = 0; i < Feed.MOST_LISTENERS; i++) {
            all.add(feed.listen(Optional.empty()));
        }
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> feed.listen(Optional.empty()))
                .matches(e -> e.status() == 503);
        all.get(0).close();
        assertThat(feed.listen(Optional.empty()).isLost()).isFalse();
    }

    @Test
    void aLookAtAThousandTransfersCostsLittle() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            transfers.add(new FakeTransfer(i));
        }
        try (var listener = feed.listen(Optional.empty())) {
            long best = Long.MAX_VALUE;
            for (int round = 1; round <= 200; round++) {
                for (int i = 0; i < 50; i++) {
                    ((FakeTransfer) transfers.get(i)).done(round);
                }
                long begin = System.nanoTime();
                feed.tick();
                best = Math.min(best, System.nanoTime() - begin);
                listener.next(0);
            }
            // 1 % of a core, at one look a second, is 10 ms
            assertThat(TimeUnit.NANOSECONDS.toMicros(best)).isLessThan(10_000);
        }
    }

    @Test
    void whereALookIsDearItIsTakenLessOften() {
        assertThat(FeedPace.delay(1_000_000)).isEqualTo(TimeUnit.SECONDS.toNanos(1));
        assertThat(FeedPace.delay(20_000_000)).isEqualTo(TimeUnit.SECONDS.toNanos(3));
        assertThat(FeedPace.delay(TimeUnit.SECONDS.toNanos(1))).isEqualTo(TimeUnit.SECONDS.toNanos(10));
    }
}
