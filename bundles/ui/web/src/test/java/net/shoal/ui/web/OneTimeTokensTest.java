package net.shoal.ui.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OneTimeTokensTest {
    private final FakeClock clock = new FakeClock();
    private final OneTimeTokens tokens = new OneTimeTokens(new Secrets(new SecureRandom()), clock);

    @Test
    void oneIsGoodOnce() {
        var token = tokens.next();
        assertThat(tokens.use(token)).isTrue();
        assertThat(tokens.use(token)).isFalse();
    }

    @Test
    void oneThatIsADayOldIsTooOld() {
        var token = tokens.next();
        clock.advance(OneTimeTokens.LIFE);
        assertThat(tokens.use(token)).isFalse();
    }

    @Test
    void whatIsMadeUpIsNone() {
        tokens.next();
        assertThat(tokens.use("")).isFalse();
        assertThat(tokens.use("x")).isFalse();
    }

    @Test
    void theOldestMakesRoom() {
        var first = tokens.next();
        var second = tokens.next();
        IntStream.range(0, 19).forEach(i -> tokens.next());
        assertThat(tokens.use(first)).isFalse();
        assertThat(tokens.use(second)).isTrue();
    }
}
