package net.shoal.automation.command;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRuleTest {
    private final CommandRule rule = new CommandRule();

    private static Map<String, Object> command(String... words) {
        return Map.of("onCompletion", words, "timeout", 600);
    }

    @Test
    void noneIsNoMistake() {
        rule.check(Map.of("timeout", 600));
        rule.check(command());
    }

    @Test
    void whatCannotBeRunIsRefusedBeforeItIsSaved(@TempDir Path folder) throws Exception {
        var program = Files.createFile(folder.resolve("notify"));
        assertThatThrownBy(() -> rule.check(command(program.toString(), "%name")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("net.shoal.automation.command:onCompletion: ")
                .hasMessageContaining("chmod +x");
        assertThatThrownBy(() -> rule.check(command("notify"))).hasMessageContaining("from the root down");
        assertThatThrownBy(() -> rule.check(command("/bin/sh", "-c", "x"))).hasMessageContaining("is a shell");
        if (program.toFile().setExecutable(true)) {
            rule.check(command(program.toString(), "%name"));
            assertThatThrownBy(() -> rule.check(command(program.toString(), "%nmae")))
                    .hasMessageContaining("no placeholder %nmae");
        }
    }
}
