package net.shoal.engine.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private final Connections all = new Connections();

    private Connections.Share share() {
        return all.new Share();
    }

    private static int takeAsManyAsThereAre(Connections.Share share) {
        int count = 0;
        while (share.take()) {
            count++;
        }
        return count;
    }

    @Test
    void oneTransferMayHaveAllOfThem() {
        all.limit(10);
        assertThat(takeAsManyAsThereAre(share())).isEqualTo(10);
        assertThat(all.used()).isEqualTo(10);
    }

    @Test
    void whoHasMoreThanItsShareMakesRoomForWhoHasLess() {
        all.limit(10);
        var first = share();
        var second = share();
        takeAsManyAsThereAre(first);
        assertThat(second.take()).isFalse();
        for (int i = 0; i < 5; i++) {
            assertThat(first.surplus()).isEqualTo(1);
            first.giveBack();
            assertThat(first.take()).as("it was given up for another").isFalse();
            assertThat(second.take()).isTrue();
            assertThat(second.take()).isFalse();
        }
        assertThat(first.surplus()).as("both have five").isZero();
        assertThat(second.surplus()).isZero();
    }

    @Test
    void whoWantsNoneTakesNobodysPlace() {
        all.limit(10);
        var first = share();
        var second = share();
        takeAsManyAsThereAre(first);
        assertThat(second.take()).isFalse();
        second.content();
        assertThat(first.surplus()).isZero();
        first.giveBack();
        assertThat(first.take()).isTrue();
    }

    @Test
    void aLowerLimitTakesFromThoseWhoHaveMost() {
        var few = share();
        var many = share();
        few.take();
        IntStream.range(0, 30).forEach(i -> many.take());
        all.limit(10);
        assertThat(many.surplus()).isGreaterThan(15);
        for (int surplus = many.surplus(); surplus > 0; surplus = many.surplus()) {
            IntStream.range(0, surplus).forEach(i -> many.giveBack());
        }
        assertThat(all.used()).isEqualTo(10);
        assertThat(few.held()).isEqualTo(1);
    }

    @Test
    void sharesComeOutEvenWhateverHappens() {
        var random = new SplittableRandom(3);
        all.limit(100);
        var shares = Stream.generate(this::share).limit(7).toList();
        for (int second = 0; second < 200; second++) {
            for (var share : shares) {
                IntStream.range(0, random.nextInt(12)).forEach(i -> share.take());
                IntStream.range(0, share.surplus()).forEach(i -> share.giveBack());
            }
            assertThat(all.used()).isLessThanOrEqualTo(100).isEqualTo(sum(shares));
        }
        shares.forEach(Connections.Share::take);
        assertThat(shares).allSatisfy(share -> assertThat(share.held()).isBetween(12, 17));
    }

    private static int sum(List<Connections.Share> shares) {
        return shares.stream().mapToInt(Connections.Share::held).sum();
    }
}
