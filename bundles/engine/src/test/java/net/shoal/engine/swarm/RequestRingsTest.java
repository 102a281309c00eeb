package net.shoal.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The two rings against plain lists. */
class RequestRingsTest {
    private static final int STEPS = 50_000;

    private record Asked(int piece, int block) {}

    private record Wanted(int piece, int offset, int length) {}

    @Test
    void outstandingRequestsAreASetInOrder() {
        var random = new Random(4);
        var ring = new OutstandingRequests();
        List<Asked> list = new ArrayList<>();
        Map<Asked, OutstandingRequests.Request> requests = new HashMap<>();
        for (int i = 0; i < STEPS; i++) {
            int choice = random.nextInt(100);
            var asked = new Asked(random.nextInt(50), random.nextInt(16));
            if (choice < 20 && list.size() < 300) {
                int count = 1 + random.nextInt(OutstandingRequests.MAX_BLOCKS);
                var request = new OutstandingRequests.Request(asked.piece, asked.block, count);
                var blocks = IntStream.range(0, count)
                        .mapToObj(n -> new Asked(asked.piece, asked.block + n))
                        .toList();
                if (Collections.disjoint(list, blocks)) {
                    ring.add(request.piece(), request.first(), count);
                    list.addAll(blocks);
                    blocks.forEach(block -> requests.put(block, request));
                }
            } else if (choice < 85 && !list.isEmpty()) {
                // mostly in order, as peers answer
                var gone = list.remove(random.nextInt(4) > 0 ? 0 : random.nextInt(list.size()));
                assertThat(ring.remove(gone.piece, gone.block)).isTrue();
            } else if (choice < 99) {
                assertThat(ring.contains(asked.piece, asked.block)).isEqualTo(list.contains(asked));
                assertThat(ring.requestOf(asked.piece, asked.block))
                        .isEqualTo(list.contains(asked) ? requests.get(asked) : null);
                assertThat(ring.remove(asked.piece, asked.block)).isEqualTo(list.remove(asked));
            } else if (random.nextInt(20) == 0) {
                ring.clear();
                list.clear();
            }
            assertThat(ring.size()).isEqualTo(list.size());
        }
    }

    @Test
    void whatWasAskedForAtOnceIsToldOnce() {
        var ring = new OutstandingRequests();
        ring.add(7, 0, 4);
        ring.add(7, 4, 1);
        ring.add(7, 5, 2);
        ring.remove(7, 5);
        List<OutstandingRequests.Request> seen = new ArrayList<>();
        ring.forEachAfter(2, seen::add);
        assertThat(seen)
                .containsExactly(new OutstandingRequests.Request(7, 4, 1), new OutstandingRequests.Request(7, 5, 2));
    }

    @Test
    void uploadRequestsComeOutInTheOrderTheyCameIn() {
        var random = new Random(5);
        var ring = new UploadRequests();
        List<Wanted> list = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            int choice = random.nextInt(100);
            if (choice < 52) {
                var wanted = new Wanted(random.nextInt(9), random.nextInt(9), 16_384);
                ring.add(wanted.piece, wanted.offset, wanted.length);
                list.add(wanted);
            } else if (choice < 90 && !list.isEmpty()) {
                assertThat(new Wanted(ring.piece(0), ring.offset(0), ring.length(0)))
                        .isEqualTo(list.remove(0));
                ring.removeFirst();
            } else {
                var wanted = new Wanted(random.nextInt(9), random.nextInt(9), 16_384);
                int index = list.indexOf(wanted);
                assertThat(ring.remove(wanted.piece, wanted.offset, wanted.length))
                        .isEqualTo(index);
                if (index >= 0) {
                    list.remove(index);
                }
            }
            assertThat(ring.size()).isEqualTo(list.size());
        }
    }
}
