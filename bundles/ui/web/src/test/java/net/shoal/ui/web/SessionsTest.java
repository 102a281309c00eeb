package net.shoal.ui.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
    private final FakeClock clock = new FakeClock();

    @TempDir
    Path folder;

    private Sessions sessions;

    @BeforeEach
    void theNodeStarts() {
        sessions = new Sessions(
                new Secrets(new SecureRandom()),
                clock,
                Duration.ofHours(2),
                new SessionsFile(folder.resolve("sessions")));
    }

    private String kept() throws IOException {
        return Files.readString(folder.resolve("sessions"));
    }

    @Test
    void oneThatIsUsedGoesOnAndOneThatIsNotEnds() {
        var session = sessions.open();
        clock.advance(Duration.ofMinutes(119));
        assertThat(sessions.use(session)).contains(clock.instant().plus(Duration.ofHours(2)));
        clock.advance(Duration.ofMinutes(119));
        assertThat(sessions.use(session)).isPresent();
        clock.advance(Duration.ofHours(2));
        assertThat(sessions.use(session)).isEmpty();
        assertThat(sessions.size()).isZero();
    }

    @Test
    void noneLivesForEver() {
        sessions.idle(Duration.ofDays(20));
        var session = sessions.open();
        clock.advance(Duration.ofDays(19));
        assertThat(sessions.use(session)).contains(clock.instant().plus(Duration.ofDays(11)));
        clock.advance(Duration.ofDays(11));
        assertThat(sessions.use(session)).isEmpty();
    }

    @Test
    void whatIsMadeUpOpensNothing() {
        sessions.open();
        assertThat(sessions.use("")).isEmpty();
        assertThat(sessions.use("a".repeat(43))).isEmpty();
    }

    @Test
    void oneThatIsClosedIsClosed() {
        var session = sessions.open();
        sessions.close(session);
        assertThat(sessions.use(session)).isEmpty();
    }

    @Test
    void thereAreOnlySoManyAndTheOneUnusedForLongestMakesRoom() {
        var first = sessions.open();
        clock.advance(Duration.ofSeconds(1));
        var second = sessions.open();
        clock.advance(Duration.ofSeconds(1));
        sessions.use(first);
        IntStream.range(0, 99).forEach(i -> sessions.open());
        assertThat(sessions.size()).isEqualTo(100);
        assertThat(sessions.use(first)).isPresent();
        assertThat(sessions.use(second)).isEmpty();
    }

    @Test
    void twoAreNeverAlikeAndSayMuch() {
        assertThat(sessions.open()).hasSize(43).isNotEqualTo(sessions.open());
    }

    @Test
    void whoIsSignedInStaysSoWhenTheNodeStartsAgain() {
        var session = sessions.open();
        clock.advance(Duration.ofMinutes(100));
        sessions.use(session);
        theNodeStarts();
        clock.advance(Duration.ofMinutes(100));
        assertThat(sessions.use(session)).isPresent();
        theNodeStarts();
        clock.advance(Duration.ofMinutes(121));
        assertThat(sessions.use(session)).isEmpty();
        assertThat(sessions.size()).isZero();
    }

    @Test
    void noSecretStandsInTheFile() throws IOException {
        var session = sessions.open();
        assertThat(kept())
                .startsWith("shoal-sessions 1\n")
                .contains(Secrets.mark(session))
                .doesNotContain(session);
        var mark = Secrets.mark(session);
        assertThat(sessions.use(mark)).as("what stands there opens nothing").isEmpty();
    }

    @Test
    void whoSignsOutStaysOutWhenTheNodeStartsAgain() throws IOException {
        var first = sessions.open();
        var second = sessions.open();
        var third = sessions.open();
        sessions.close(first);
        sessions.closeAll(Optional.of(second));
        theNodeStarts();
        assertThat(sessions.use(first)).isEmpty();
        assertThat(sessions.use(third)).isEmpty();
        assertThat(sessions.use(second)).isPresent();
        sessions.closeAll(Optional.empty());
        theNodeStarts();
        assertThat(sessions.use(second)).isEmpty();
        assertThat(kept()).isEqualTo("shoal-sessions 1\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shoal-sessions 2|",
                "shoal-sessions 1|rubbish|",
                "shoal-sessions 1|../../x 1 1|",
                "\u0000\u0000\u0000",
                "shoal-sessions 1|"
                        + "0000000000000000000000000000000000000000000000000000000000000000 1 99999999999999999999|"
            })
    void aFileThatCannotBeUnderstoodSignsNobodyIn(String content) throws IOException {
        Files.writeString(folder.resolve("sessions"), content.replace('|', '\n'));
        theNodeStarts();
        assertThat(sessions.size()).isZero();
        var session = sessions.open();
        theNodeStarts();
        assertThat(sessions.use(session)).isPresent();
    }

    @Test
    void aSessionOfAClockThatWasAheadIsForgotten() {
        clock.advance(Duration.ofDays(400));
        var session = sessions.open();
        clock.advance(Duration.ofDays(-400));
        theNodeStarts();
        assertThat(sessions.use(session)).isEmpty();
    }

    @Test
    void aFolderThatCannotBeWrittenKeepsNobodyOut() throws IOException {
        Files.createDirectories(folder.resolve("sessions/in the way"));
        theNodeStarts();
        assertThat(sessions.use(sessions.open())).isPresent();
    }
}
