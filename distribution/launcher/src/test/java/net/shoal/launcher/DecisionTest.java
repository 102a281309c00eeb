package net.shoal.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.base.command.CommandLine;
import net.shoal.base.command.Invocation;
import net.shoal.base.command.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionTest {
    private static final Optional<RunningNode> NODE = Optional.of(new RunningNode(17, Path.of("control.sock")));

    @TempDir
    Path folder;

    private static Invocation parse(String line) throws UsageException {
        return CommandLine.parse(List.of(line.split(" ", -1)));
    }

    @Test
    void makesTorrentsHere() throws UsageException {
        assertThat(Decision.of(parse("create x"), NODE)).isInstanceOf(Decision.Here.class);
    }

    @Test
    void asksANodeThatRuns() throws UsageException {
        assertThat(Decision.of(parse("get L"), NODE)).isEqualTo(new Decision.AskRunning(NODE.orElseThrow()));
        assertThat(Decision.of(parse("ls"), NODE)).isInstanceOf(Decision.AskRunning.class);
    }

    @Test
    void startsOneForShareAndGetAlone() throws UsageException {
        assertThat(Decision.of(parse("get L --net loopback"), Optional.empty())).isInstanceOf(Decision.Temporary.class);
        assertThat(Decision.of(parse("share x"), Optional.empty())).isInstanceOf(Decision.Temporary.class);
        assertThat(Decision.of(parse("ls"), Optional.empty())).isInstanceOf(Decision.NoNode.class);
    }

    @Test
    void refusesOptionsOfANodeForOneThatRuns() {
        assertThatThrownBy(() -> Decision.of(parse("get L --net loopback"), NODE))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--net is an option of a node, and one runs already (process 17)");
    }

    @Test
    void turnsOptionsIntoSettings() throws UsageException {
        var run = parse("run --listen 1 --listen [::1]:2 --net lan --security plain --serve-tracker 0 --set a.b:c=d");
        assertThat(NodeOptions.settings(run, Map.of("SHOAL_NET", "loopback"), false))
                .containsExactly(
                        "net.shoal.net:scope=loopback",
                        "net.shoal.net:listen=1,[::1]:2",
                        "net.shoal.net:scope=lan",
                        "net.shoal.net:security=plain",
                        "net.shoal.tracker:listen=0",
                        "a.b:c=d");
    }

    @Test
    void letsATemporaryNodeTakeAnyPort() throws UsageException {
        assertThat(NodeOptions.settings(parse("get L"), Map.of(), true)).containsExactly("net.shoal.net:listen=0");
        assertThat(NodeOptions.settings(parse("get L --listen 5"), Map.of(), true))
                .containsExactly("net.shoal.net:listen=5");
    }

    @Test
    void refusesAScopeThatIsNone() {
        assertThatThrownBy(() -> NodeOptions.settings(parse("run"), Map.of("SHOAL_NET", "moon"), false))
                .hasMessageContaining("loopback, lan or internet");
    }

    @Test
    void takesTheHomeFromOptionThenEnvironmentThenPlatform() {
        var environment = Map.of("SHOAL_HOME", folder.toString(), "XDG_DATA_HOME", "/data");
        assertThat(HomeFolder.of(Optional.of("/x/../y"), environment).root())
                .isEqualTo(Path.of("/y").toAbsolutePath());
        assertThat(HomeFolder.of(Optional.empty(), environment).root()).isEqualTo(folder);
        assertThat(HomeFolder.usual("Linux", environment)).isEqualTo(Path.of("/data/shoal"));
        assertThat(HomeFolder.usual("Linux", Map.of("XDG_DATA_HOME", "relative", "HOME", "/me")))
                .isEqualTo(Path.of("/me/.local/share/shoal"));
        assertThat(HomeFolder.usual("Mac OS X", Map.of()).toString()).endsWith("Application Support/Shoal");
    }

    @Test
    void takesAHomeForOneNodeOnly() throws IOException {
        var home = new HomeFolder(folder);
        assertThat(HomeLock.isHeld(home)).isFalse();
        try (var lock = HomeLock.tryTake(home).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(HomeLock.tryTake(home)).isEmpty();
            assertThat(HomeLock.isHeld(home)).isTrue();
        }
        assertThat(HomeLock.isHeld(home)).isFalse();
    }

    @Test
    void doesNotBelieveTheFileOfANodeThatIsGone() throws IOException {
        var home = new HomeFolder(folder);
        Files.writeString(home.nodeFile(), "{\"pid\":1,\"control\":\"" + folder.resolve("control.sock") + "\"}");
        assertThat(RunningNode.read(home)).isPresent();
        assertThat(RunningNode.find(home)).isEmpty();
        Files.writeString(home.nodeFile(), "torn {");
        assertThat(RunningNode.read(home)).isEmpty();
    }
}
