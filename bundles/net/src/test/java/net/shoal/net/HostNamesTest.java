package net.shoal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.NetworkScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HostNamesTest {
    private final List<String> asked = new ArrayList<>();

    @Test
    void looksUpNothingOnScopeLoopback() throws Exception {
        try (var names = names(NetworkScope.LOOPBACK, "127.0.0.1")) {
            assertThat(get(names, "localhost"))
                    .allMatch(InetAddress::isLoopbackAddress)
                    .isNotEmpty();
            assertThat(get(names, "127.0.0.9")).containsExactly(Fakes.address("127.0.0.9"));
            assertThat(get(names, "::1")).containsExactly(Fakes.address("::1"));
            assertThatThrownBy(() -> get(names, "tracker.example"))
                    .cause()
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("only localhost and addresses");
            assertThatThrownBy(() -> get(names, "10.0.0.1"))
                    .cause()
                    .hasMessage("10.0.0.1 has no address within the network scope 'loopback'");
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void leavesOutWhatTheScopeDoesNotPermit() throws Exception {
        try (var names = names(NetworkScope.LAN, "8.8.8.8", "10.0.0.1", "10.0.0.1", "fd00::1")) {
            assertThat(get(names, "tracker.example"))
                    .containsExactly(Fakes.address("10.0.0.1"), Fakes.address("fd00::1"));
        }
    }

    @Test
    void saysWhenNothingIsLeftOrThere() throws Exception {
        try (var names = names(NetworkScope.LAN, "8.8.8.8")) {
            assertThatThrownBy(() -> get(names, "tracker.example"))
                    .cause()
                    .hasMessage("tracker.example has no address within the network scope 'lan'");
        }
        try (var names = names(NetworkScope.INTERNET)) {
            assertThatThrownBy(() -> get(names, "tracker.example")).cause().isInstanceOf(UnknownHostException.class);
        }
    }

    @Test
    void boundsWhatWaits() {
        var block = new CountDownLatch(1);
        try (var names = new HostNames(NetworkScope.INTERNET, host -> {
            await(block);
            return new InetAddress[] {Fakes.address("8.8.8.8")};
        })) {
            int refused = 0;
            for (int i = 0; i < 1_000; i++) {
                refused += names.resolve("host" + i).toCompletableFuture().isCompletedExceptionally() ? 1 : 0;
            }
            assertThat(refused).isBetween(700, 760);
            block.countDown();
        }
    }

    private HostNames names(NetworkScope scope, String... answers) {
        return new HostNames(scope, host -> {
            asked.add(host);
            if (answers.length == 0) {
                throw new UnknownHostException(host + ": Name or service not known");
            }
            var found = new InetAddress[answers.length];
            for (int i = 0; i < found.length; i++) {
                found[i] = Fakes.address(answers[i]);
            }
            return found;
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<InetAddress> get(HostNames names, String host) throws Exception {
        return names.resolve(host).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
