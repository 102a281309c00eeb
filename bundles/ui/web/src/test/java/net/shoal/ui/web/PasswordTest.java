package net.shoal.ui.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import net.shoal.api.console.Logins.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock();
    private final BackOff backOff = new BackOff(clock);

    private Password password() throws IOException {
        return new Password(folder.resolve("password"), new SecureRandom(), backOff);
    }

    @Test
    void withoutOneNobodySignsIn() throws IOException {
        assertThat(password().isSet()).isFalse();
        assertThat(password().check(HERE, "")).isInstanceOf(Answer.Wrong.class);
    }

    @Test
    void oneThatWasSetIsKnownInTheNextRunAndStandsNowhere() throws IOException {
        password().set(Optional.of("correct horse"));
        assertThat(Files.readString(folder.resolve("password")))
                .startsWith("$argon2id$")
                .doesNotContain("correct");
        var next = password();
        assertThat(next.isSet()).isTrue();
        assertThat(next.check(HERE, "correct horse")).isInstanceOf(Answer.Right.class);
        assertThat(next.check(HERE, "correct horse")).isInstanceOf(Answer.Right.class);
        assertThat(next.check(HERE, "incorrect horse")).isInstanceOf(Answer.Wrong.class);
    }

    @Test
    void oneThatWasReplacedIsWrong() throws IOException {
        var password = password();
        password.set(Optional.of("correct horse"));
        assertThat(password.check(HERE, "correct horse")).isInstanceOf(Answer.Right.class);
        password.set(Optional.of("battery staple"));
        assertThat(password.check(HERE, "correct horse")).isInstanceOf(Answer.Wrong.class);
        password.set(Optional.empty());
        assertThat(password.isSet()).isFalse();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void afterFiveWrongOnesTheRightOneIsNotListenedToForAnHour() throws IOException {
        var password = password();
        password.set(Optional.of("correct horse"));
        for (int i = 0; i < 5; i++) {
            assertThat(password.check(HERE, "guess " + i)).isInstanceOf(Answer.Wrong.class);
        }
        assertThat(password.check(HERE, "correct horse")).isEqualTo(new Answer.Blocked(Duration.ofHours(1)));
        clock.advance(Duration.ofHours(1));
        assertThat(password.check(HERE, "correct horse")).isInstanceOf(Answer.Right.class);
    }

    @Test
    void aShortOneIsRefused() throws IOException {
        var password = password();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> password.set(Optional.of("short")))
                .withMessageContaining("at least 10");
        assertThat(password.isSet()).isFalse();
    }

    @Test
    void theSettingGoesBeforeWhatWasSet() throws IOException {
        var password = password();
        password.set(Optional.of("correct horse"));
        password.given(Optional.of(PasswordHash.of("battery staple", new SecureRandom())));
        assertThat(password.check(HERE, "correct horse")).isInstanceOf(Answer.Wrong.class);
        assertThat(password.check(HERE, "battery staple")).isInstanceOf(Answer.Right.class);
        assertThatIllegalArgumentException().isThrownBy(() -> password.set(Optional.of("something else")));
    }

    @Test
    void aDamagedFileLetsNobodyIn() throws IOException {
        Files.writeString(folder.resolve("password"), "correct horse");
        assertThatThrownBy(this::password).isInstanceOf(IOException.class).hasMessageContaining("password");
    }
}
