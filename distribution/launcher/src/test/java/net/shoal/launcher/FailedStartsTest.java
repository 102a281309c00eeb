package net.shoal.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedStartsTest {
    @TempDir
    Path root;

    private HomeFolder home;

    @BeforeEach
    void makeHome() throws IOException {
        home = new HomeFolder(root);
        home.make();
        Files.createFile(Files.createDirectories(root.resolve("plugins")).resolve("a.jar"));
    }

    @Test
    void theSecondFailureInARowIsSuspicious() {
        assertThat(FailedStarts.begin(home, false).areSuspicious()).isFalse();
        var second = FailedStarts.begin(home, false);
        assertThat(second.areSuspicious()).isTrue();
        assertThat(second.wereSuspicious()).isFalse();
        assertThat(FailedStarts.begin(home, false).wereSuspicious()).isTrue();
    }

    @Test
    void oneThatSucceedsMakesAllForgotten() {
        FailedStarts.begin(home, false);
        FailedStarts.begin(home, false).forget();
        assertThat(FailedStarts.begin(home, false).areSuspicious()).isFalse();
    }

    @Test
    void withoutPluginsNothingIsCounted() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(FailedStarts.begin(home, true).areSuspicious()).isFalse();
        }
        Files.delete(root.resolve("plugins/a.jar"));
        for (int i = 0; i < 3; i++) {
            assertThat(FailedStarts.begin(home, false).areSuspicious()).isFalse();
        }
    }
}
