package net.shoal.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.shoal.api.console.Logins.Answer;
import org.junit.jupiter.api.Test;

class EntranceTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final List<String> checked = new ArrayList<>();
    private boolean hasPassword = true;
    private Answer answer = new Answer.Right();

    private final Entrance entrance = new Entrance(new Logins() {
        @Override
        public boolean hasPassword() {
            return hasPassword;
        }

        @Override
        public Answer check(InetAddress from, String password) {
            checked.add(password);
            return answer;
        }

        @Override
        public String open() {
            return "open";
        }

        @Override
        public boolean isOpen(String session) {
            return session.equals("open");
        }

        @Override
        public void close(String session) {}
    });

    private static Optional<String> basic(String pair) {
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private int status(Optional<String> session, Optional<String> authorization) {
        return entrance.ask(HERE, session, authorization)
                .map(Entrance.Refusal::status)
                .orElse(200);
    }

    @Test
    void anOpenSessionIsEnoughAlsoWithoutAPassword() {
        hasPassword = false;
        assertThat(status(Optional.of("open"), Optional.empty())).isEqualTo(200);
        assertThat(status(Optional.of("made up"), Optional.empty())).isEqualTo(403);
        assertThat(checked).isEmpty();
    }

    @Test
    void thePasswordIsWhateverFollowsTheFirstColonWhoeverSaysIt() {
        assertThat(status(Optional.empty(), basic("anybody:se:cret"))).isEqualTo(200);
        assertThat(status(Optional.of("made up"), basic(":"))).isEqualTo(200);
        assertThat(checked).containsExactly("se:cret", "");
    }

    @Test
    void whoSaysNothingIsAskedAndNotCountedAsWrong() {
        for (var header : List.of("", "Basic", "Basic !!", "Bearer eDp5", "Basic eHk=")) {
            assertThat(status(Optional.empty(), Optional.of(header))).as(header).isEqualTo(401);
        }
        assertThat(checked).isEmpty();
    }

    @Test
    void whoIsWrongIsToldSoAndWhoWasTooOftenHowLong() {
        answer = new Answer.Wrong();
        assertThat(status(Optional.empty(), basic("x:y"))).isEqualTo(401);
        answer = new Answer.Blocked(Duration.ofSeconds(59));
        var refusal = entrance.ask(HERE, "y").orElseThrow();
        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.retryAfterSeconds()).contains("60");
    }

    @Test
    void withoutAPasswordItIsSaidHowOneIsSet() {
        hasPassword = false;
        var refusal = entrance.ask(HERE, Optional.empty(), basic("x:y")).orElseThrow();
        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal.message()).contains("bin/shoal console --password");
        assertThat(entrance.ask(HERE, "y")).contains(refusal);
        assertThat(checked).isEmpty();
    }
}
