package net.shoal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.shoal.api.node.SettingRule;
import net.shoal.api.node.Settings;
import net.shoal.api.node.Settings.Origin;
import net.shoal.api.node.Settings.Problem;
import net.shoal.api.node.Settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcSettingsTest {
    private static final long BUNDLE = 7;
    private static final ComponentDescription ENGINE = new ComponentDescription(
            "net.shoal.engine",
            "Engine",
            false,
            List.of(
                    new SettingDefinition(
                            "peers",
                            ValueType.INTEGER,
                            false,
                            Optional.of("50"),
                            List.of(),
                            "Peers of one transfer",
                            value -> Integer.parseInt(value) <= 500),
                    new SettingDefinition(
                            "blocked", ValueType.STRING, true, Optional.of(""), List.of(), "", value -> true)));
    private static final ComponentDescription FEED = new ComponentDescription(
            "net.shoal.feed",
            "Feed",
            true,
            List.of(new SettingDefinition(
                    "url", ValueType.STRING, false, Optional.empty(), List.of(), "", value -> true)));

    @TempDir
    Path etc;

    private final Map<String, Map<String, Object>> running = new TreeMap<>();
    private final List<String> updates = new ArrayList<>();

    private final Configurations configurations = new Configurations() {
        @Override
        public void update(String pid, Map<String, Object> properties) {
            running.put(pid, properties);
            updates.add(pid);
        }

        @Override
        public void delete(String pid) {
            running.remove(pid);
        }
    };

    private EtcSettings settings(String commandLine) {
        var settings = new EtcSettings(etc, CommandLine.parse(commandLine), configurations);
        settings.described(BUNDLE, List.of(ENGINE, FEED));
        return settings;
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(etc.resolve(name), text);
    }

    private Object peers() {
        return running.get("net.shoal.engine").get("peers");
    }

    private static List<String> messages(EtcSettings settings) {
        return settings.problems().stream().map(Problem::message).toList();
    }

    @Test
    void theDefaultsAreAConfiguration() {
        settings("");
        assertThat(peers()).isEqualTo(50);
        assertThat((String[]) running.get("net.shoal.engine").get("blocked")).isEmpty();
    }

    @Test
    void theFileWinsOverTheDefaultAndTheCommandLineOverBoth() throws IOException {
        file("net.shoal.engine.cfg", "peers = 60\nblocked = a,b\n");
        var settings = settings("net.shoal.engine:peers=70");
        assertThat(peers()).isEqualTo(70);
        assertThat(settings.list())
                .contains(
                        new Setting(
                                "net.shoal.engine:peers",
                                "70",
                                "50",
                                Origin.COMMAND_LINE,
                                "Peers of one transfer",
                                new Settings.Form("Engine", Settings.Type.NUMBER, false, List.of())),
                        new Setting(
                                "net.shoal.engine:blocked",
                                "a,b",
                                "",
                                Origin.FILE,
                                "",
                                new Settings.Form("Engine", Settings.Type.TEXT, true, List.of())));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void aFileThatIsEditedTakesEffectAndOnlyThen() throws IOException {
        var settings = settings("");
        settings.refresh();
        assertThat(updates).containsExactly("net.shoal.engine");
        var file = file("net.shoal.engine.cfg", "peers = 60");
        settings.refresh();
        assertThat(peers()).isEqualTo(60);
        Files.delete(file);
        settings.refresh();
        assertThat(peers()).isEqualTo(50);
        file("net.shoal.engine.cfg", "# a word\npeers = 50");
        settings.refresh();
        assertThat(updates).hasSize(3);
    }

    @Test
    void aWrongValueInAFileLeavesTheRunningOneAndIsTold() throws IOException {
        file("net.shoal.engine.cfg", "peers = 60");
        var settings = settings("");
        var file = file("net.shoal.engine.cfg", "# oh\npeers = 501");
        settings.refresh();
        assertThat(peers()).isEqualTo(60);
        assertThat(settings.problems())
                .containsExactly(new Problem(
                        Origin.FILE, file + ", line 2: peers takes a whole number of at most 500, not '501'"));
        file("net.shoal.engine.cfg", "peers = 61");
        settings.refresh();
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void aFileThatIsNoTextLeavesTheRunningValues() throws IOException {
        file("net.shoal.engine.cfg", "peers = 60");
        var settings = settings("");
        Files.write(etc.resolve("net.shoal.engine.cfg"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        settings.refresh();
        assertThat(peers()).isEqualTo(60);
        assertThat(messages(settings)).singleElement().asString().contains("is not UTF-8 text");
        assertThatThrownBy(() -> settings.set("net.shoal.engine:peers", Optional.of("3")))
                .hasMessageContaining("put that right first");
    }

    @Test
    void unknownNamesInFilesAreToldWithTheNearest() throws IOException {
        file("net.shoal.engine.cfg", "peer = 60\nnonsense\n");
        file("net.shoal.engines.cfg", "peers = 60\n");
        assertThat(messages(settings("")))
                .anySatisfy(message -> assertThat(message).endsWith("there is no setting 'peer'; did you mean peers?"))
                .anySatisfy(message -> assertThat(message).endsWith("line 2: a setting is a line KEY = VALUE"))
                .anySatisfy(message -> assertThat(message)
                        .endsWith("nothing here is called 'net.shoal.engines'; did you mean net.shoal.engine?"));
    }

    @Test
    void aWrongValueOnTheCommandLineKeepsTheComponentFromStarting() {
        var settings = settings("net.shoal.engine:peers=lots");
        assertThat(running).isEmpty();
        assertThat(settings.problems())
                .containsExactly(
                        new Problem(Origin.COMMAND_LINE, "net.shoal.engine:peers takes a whole number, not 'lots'"));
    }

    @Test
    void unknownNamesOnTheCommandLineAreRefusedWithTheNearest() {
        assertThat(settings("net.shoal.engine:pears=5\nnet.shoal:x\nfoo:bar=1").problems())
                .containsExactly(
                        new Problem(Origin.COMMAND_LINE, "a setting is given as PID:KEY=VALUE, not 'net.shoal:x'"),
                        new Problem(Origin.COMMAND_LINE, "there is no setting 'foo:bar'"),
                        new Problem(
                                Origin.COMMAND_LINE,
                                "there is no setting 'net.shoal.engine:pears'; did you mean net.shoal.engine:peers?"));
    }

    @Test
    void settingSavesAndAppliesAndKeepsTheRestOfTheFile() throws IOException {
        var file = file("net.shoal.engine.cfg", "# mine\nblocked = a\n");
        var settings = settings("");
        settings.set("net.shoal.engine:peers", Optional.of("80"));
        assertThat(peers()).isEqualTo(80);
        assertThat(file).hasContent("# mine\nblocked = a\npeers = 80\n");
        settings.set("net.shoal.engine:peers", Optional.empty());
        assertThat(peers()).isEqualTo(50);
        assertThat(file).hasContent("# mine\nblocked = a\n");
        assertThat(etc.toFile().list()).containsExactly("net.shoal.engine.cfg");
    }

    @Test
    void settingWhatIsWrongChangesNothing() {
        var settings = settings("");
        assertThatThrownBy(() -> settings.set("net.shoal.engine:peers", Optional.of("501")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("net.shoal.engine:peers takes a whole number of at most 500, not '501'");
        assertThatThrownBy(() -> settings.set("net.shoal.engine:peesr", Optional.of("5")))
                .hasMessage("there is no setting 'net.shoal.engine:peesr'; did you mean net.shoal.engine:peers?");
        assertThatThrownBy(() -> settings.set("peers", Optional.of("5")))
                .hasMessageContaining("there is no setting 'peers'");
        assertThat(etc).isEmptyDirectory();
        assertThat(updates).hasSize(1);
    }

    @Test
    void everyFileOfAFactoryIsAConfiguration() throws IOException {
        file("net.shoal.feed-one.cfg", "url = http://one");
        var settings = settings("");
        file("net.shoal.feed-two.cfg", "url = http://two");
        settings.refresh();
        assertThat(running).containsOnlyKeys("net.shoal.engine", "net.shoal.feed~one", "net.shoal.feed~two");
        Files.delete(etc.resolve("net.shoal.feed-one.cfg"));
        settings.refresh();
        assertThat(running).containsOnlyKeys("net.shoal.engine", "net.shoal.feed~two");
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void aBundleThatGoesTakesItsConfigurationsAlong() {
        var settings = settings("");
        settings.gone(BUNDLE);
        assertThat(running).isEmpty();
        assertThat(settings.list()).isEmpty();
        settings.described(BUNDLE + 1, List.of(ENGINE));
        assertThat(peers()).isEqualTo(50);
        settings.close();
        settings.gone(BUNDLE + 1);
        assertThat(running).isNotEmpty();
    }

    @Test
    void passwordsAreNotShown() {
        var settings = new EtcSettings(etc, CommandLine.parse("a:key=hunter2"), configurations);
        settings.described(
                BUNDLE,
                List.of(new ComponentDescription(
                        "a",
                        "A",
                        false,
                        List.of(new SettingDefinition(
                                "key", ValueType.PASSWORD, false, Optional.empty(), List.of(), "", value -> true)))));
        assertThat(settings.find("a:key").orElseThrow().value()).doesNotContain("hunter2");
        assertThat(running.get("a")).containsEntry("key", "hunter2");
    }

    // ---- what components have to say of their settings

    private static void refuseOdd(Map<String, Object> values) {
        if ((int) values.get("peers") % 2 == 1) {
            throw new IllegalArgumentException("net.shoal.engine:peers: " + values.get("peers") + " is odd");
        }
    }

    @Test
    void whatARuleRefusesIsNotSaved() {
        var settings = settings("");
        settings.rules().add(EtcSettingsTest::refuseOdd, "net.shoal.engine");
        settings.set("net.shoal.engine:peers", Optional.of("80"));
        assertThatThrownBy(() -> settings.set("net.shoal.engine:peers", Optional.of(" 81 ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("net.shoal.engine:peers: 81 is odd");
        assertThat(peers()).isEqualTo(80);
        assertThat(etc.resolve("net.shoal.engine.cfg")).content().contains("80").doesNotContain("81");
        settings.set("net.shoal.engine:peers", Optional.empty());
        assertThat(peers()).isEqualTo(50);
    }

    @Test
    void aRuleJudgesItsOwnComponentOnlyAndWhileItIsThere() {
        var settings = settings("");
        SettingRule odd = EtcSettingsTest::refuseOdd;
        settings.rules().add(odd, "net.shoal.another");
        settings.set("net.shoal.engine:peers", Optional.of("81"));
        settings.rules().add(odd, "net.shoal.engine");
        settings.rules().remove(odd);
        settings.set("net.shoal.engine:peers", Optional.of("83"));
        assertThat(peers()).isEqualTo(83);
    }

    @Test
    void whatWasWrongBeforeDoesNotSpeakAgainstAnotherChange() throws IOException {
        file("net.shoal.engine.cfg", "peers = 81\n");
        var settings = settings("");
        settings.rules().add(EtcSettingsTest::refuseOdd, "net.shoal.engine");
        settings.set("net.shoal.engine:blocked", Optional.of("a,b"));
        assertThat(running.get("net.shoal.engine")).containsEntry("blocked", new String[] {"a", "b"});
        assertThatThrownBy(() -> settings.set("net.shoal.engine:peers", Optional.of("83")))
                .hasMessageContaining("83 is odd");
    }

    @Test
    void aRuleThatFailsRefusesNothing() {
        var settings = settings("");
        settings.rules()
                .add(
                        values -> {
                            throw new IllegalStateException("a bug");
                        },
                        "net.shoal.engine");
        settings.set("net.shoal.engine:peers", Optional.of("81"));
        assertThat(peers()).isEqualTo(81);
    }
}
