package net.shoal.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import net.shoal.api.node.Plugin;
import net.shoal.api.node.Plugin.State;
import net.shoal.api.node.PluginException;
import net.shoal.api.node.Plugins.Replacing;
import net.shoal.plugins.Host.Kind;
import net.shoal.plugins.Host.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPluginsTest {
    private static final String PACK = "org.example.pack";
    private static final Outcome BROKEN = new Outcome(Kind.FAILED, "it does not start: IllegalStateException: boom");

    @TempDir
    Path home;

    private FakeHost host;
    private LocalPlugins plugins;

    @BeforeEach
    void theNodeStarts() throws IOException {
        theNodeStarts(false);
    }

    private void theNodeStarts(boolean safe) throws IOException {
        Files.createDirectories(home.resolve("etc"));
        var before = host;
        host = new FakeHost();
        if (before != null) {
            host.outcomes.putAll(before.outcomes);
        }
        plugins = new LocalPlugins(
                PluginsFolder.open(home.resolve("plugins"), JarLimits.DEFAULT),
                host,
                JarLimits.DEFAULT,
                new SettingsFiles(home.resolve("etc")),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                safe);
        plugins.loadAll();
        plugins.startAll();
    }

    private Path jar(String name, String version) throws IOException {
        return Jars.plugin(name, version).write(home.resolve("download.jar"));
    }

    private Plugin install(String version) throws PluginException, IOException {
        return plugins.install(jar(PACK, version), Replacing.NOTHING);
    }

    private Plugin only() {
        assertThat(plugins.list()).hasSize(1);
        return plugins.list().get(0);
    }

    private List<String> jars() throws IOException {
        try (var files = Files.list(home.resolve("plugins"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .map(name -> name.substring(0, name.lastIndexOf('-')))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatIsInstalledStartsWithTheNodeFromThenOn() throws Exception {
        assertThat(install("1.0.0").state()).isEqualTo(State.RUNNING);
        theNodeStarts();
        assertThat(only().state()).isEqualTo(State.RUNNING);
        assertThat(host.running).containsExactly(PACK + " 1.0.0");
    }

    @Test
    void whatIsLookedAtIsToldAndNotInstalled() throws Exception {
        var seen = plugins.look(jar(PACK, "1.0.0"));
        assertThat(seen.name()).isEqualTo(PACK);
        assertThat(seen.version()).isEqualTo("1.0.0");
        assertThat(seen.installed()).isEmpty();
        assertThat(seen.contents().signer()).isEmpty();
        assertThat(plugins.list()).isEmpty();
        assertThat(jars()).isEmpty();
        install("1.0.0");
        assertThat(plugins.look(jar(PACK, "2.0.0")).installed()).contains("1.0.0");
        assertThat(only().version()).isEqualTo("1.0.0");
        var none = Files.writeString(home.resolve("none.jar"), "no jar");
        assertThatThrownBy(() -> plugins.look(none)).isInstanceOf(PluginException.class);
    }

    @Test
    void whatIsRemovedIsGone() throws Exception {
        install("1.0.0");
        assertThat(plugins.remove(PACK, false)).isEmpty();
        assertThat(plugins.list()).isEmpty();
        assertThat(jars()).isEmpty();
        assertThat(host.running).isEmpty();
        theNodeStarts();
        assertThat(plugins.list()).isEmpty();
        assertThatThrownBy(() -> plugins.remove(PACK, false)).hasMessageContaining("there is no plugin " + PACK);
    }

    @Test
    void itsSettingsGoWithItUnlessTheyAreToStay() throws Exception {
        var own = Files.writeString(home.resolve("etc/org.example.pack.cfg"), "a = 1");
        Files.writeString(home.resolve("etc/org.example.package.cfg"), "a = 1");
        var metatype = "<MetaData><Designate pid='org.example.pack'/></MetaData>";
        var jar = Jars.plugin(PACK, "1.0.0")
                .entry("OSGI-INF/metatype/x.xml", metatype)
                .write(home.resolve("download.jar"));
        plugins.install(jar, Replacing.NOTHING);
        assertThat(plugins.remove(PACK, true)).containsExactly(own);
        assertThat(own).exists();
        plugins.install(jar, Replacing.NOTHING);
        assertThat(plugins.remove(PACK, false)).containsExactly(own);
        assertThat(own).doesNotExist();
        assertThat(home.resolve("etc/org.example.package.cfg")).exists();
    }

    @Test
    void installsNothingTwiceAndUpdatesNothingThatIsNotThere() throws Exception {
        assertThatThrownBy(() -> plugins.install(jar(PACK, "1.0.0"), Replacing.OLDER))
                .hasMessageContaining("is not installed");
        install("1.0.0");
        assertThatThrownBy(() -> install("2.0.0")).hasMessageContaining("is installed already");
        assertThatThrownBy(() -> plugins.install(jar("org.apache.felix.scr", "9.0.0"), Replacing.NOTHING))
                .hasMessageContaining("a part of the node itself");
        assertThat(jars()).containsExactly(PACK + "-1.0.0");
    }

    @Test
    void anUpdateReplacesAnOlderOneAndADowngradeIsAskedForByName() throws Exception {
        install("1.0.0");
        assertThat(plugins.install(jar(PACK, "2.0.0"), Replacing.OLDER).version())
                .isEqualTo("2.0.0");
        assertThat(jars()).containsExactly(PACK + "-2.0.0");
        assertThatThrownBy(() -> plugins.install(jar(PACK, "1.0.0"), Replacing.OLDER))
                .hasMessageContaining("newer than 1.0.0");
        assertThat(plugins.install(jar(PACK, "1.0.0"), Replacing.ANY).version()).isEqualTo("1.0.0");
        theNodeStarts();
        assertThat(host.running).containsExactly(PACK + " 1.0.0");
    }

    @Test
    void anUpdateThatDoesNotStartIsRolledBack() throws Exception {
        install("1.0.0");
        host.outcomes.put(PACK + " 2.0.0", () -> BROKEN);
        assertThatThrownBy(() -> plugins.install(jar(PACK, "2.0.0"), Replacing.OLDER))
                .hasMessageContaining("2.0.0 is not taken, and 1.0.0 stays")
                .hasMessageContaining("boom");
        assertThat(only().version()).isEqualTo("1.0.0");
        assertThat(only().state()).isEqualTo(State.RUNNING);
        assertThat(host.running).containsExactly(PACK + " 1.0.0");
        assertThat(jars()).containsExactly(PACK + "-1.0.0");
        theNodeStarts();
        assertThat(host.running).containsExactly(PACK + " 1.0.0");
    }

    @Test
    void anUpdateOfOneThatFailedWhichDoesNotStartEitherChangesNothing() throws Exception {
        host.outcomes.put(PACK + " 1.0.0", () -> BROKEN);
        host.outcomes.put(PACK + " 2.0.0", () -> BROKEN);
        install("1.0.0");
        assertThatThrownBy(() -> plugins.install(jar(PACK, "2.0.0"), Replacing.OLDER))
                .hasMessageContaining("2.0.0 is not taken");
        assertThat(only().version()).isEqualTo("1.0.0");
        assertThat(only().state()).isEqualTo(State.FAILED);
    }

    @Test
    void anUpdateThatLacksSomethingStopsNothing() throws Exception {
        install("1.0.0");
        var started = host.started.size();
        var lacking = Jars.plugin(PACK, "2.0.0").header("Import-Package", "a.b").write(home.resolve("download.jar"));
        assertThatThrownBy(() -> plugins.install(lacking, Replacing.OLDER))
                .hasMessageContaining("it needs package a.b");
        assertThat(host.started).hasSize(started);
        assertThat(only().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void whatLacksSomethingIsKeptAndStartsWhenItComes() throws Exception {
        var lacking = Jars.plugin(PACK, "1.0.0").header("Import-Package", "a.b").write(home.resolve("download.jar"));
        var plugin = plugins.install(lacking, Replacing.NOTHING);
        assertThat(plugin.state()).isEqualTo(State.LACKING);
        assertThat(plugin.lacks()).containsExactly("it needs package a.b, which this node does not have");
        host.offers.add(Offers.PACKAGE, Map.of(Offers.PACKAGE, "a.b"));
        plugins.install(jar("org.example.other", "1.0.0"), Replacing.NOTHING);
        assertThat(plugins.list()).extracting(Plugin::state).containsOnly(State.RUNNING);
    }

    @Test
    void whatFailsIsTriedOnceMoreAndThenQuarantined() throws Exception {
        host.outcomes.put(PACK + " 1.0.0", () -> BROKEN);
        assertThat(install("1.0.0").state()).isEqualTo(State.FAILED);
        theNodeStarts();
        assertThat(only().state()).isEqualTo(State.QUARANTINED);
        assertThat(only().failures()).hasSize(2);
        theNodeStarts();
        assertThat(host.started).isEmpty();
        assertThat(only().reason()).contains("boom");
    }

    @Test
    void whatHangsIsQuarantinedAtOnce() throws Exception {
        host.outcomes.put(PACK + " 1.0.0", () -> new Outcome(Kind.HUNG, "it took more than 10 s to start"));
        assertThat(install("1.0.0").state()).isEqualTo(State.QUARANTINED);
    }

    @Test
    void theUserLetsAPluginOutOfQuarantine() throws Exception {
        whatFailsIsTriedOnceMoreAndThenQuarantined();
        assertThat(plugins.start(PACK).state()).isEqualTo(State.FAILED);
        host.outcomes.clear();
        assertThat(plugins.start(PACK).state()).isEqualTo(State.RUNNING);
        theNodeStarts();
        assertThat(only().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void anUpdateLetsAPluginOutOfQuarantine() throws Exception {
        whatFailsIsTriedOnceMoreAndThenQuarantined();
        assertThat(plugins.install(jar(PACK, "1.0.1"), Replacing.OLDER).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void whatTakesTheNodeWithItIsQuarantined() throws Exception {
        install("1.0.0");
        host.outcomes.put(PACK + " 1.0.0", () -> {
            throw new Killed();
        });
        Files.copy(home.resolve("plugins/plugins.json"), home.resolve("before"));
        assertThatThrownBy(this::theNodeStarts).isInstanceOf(Killed.class);
        // nothing is written by a process that is no more
        Files.writeString(home.resolve("plugins/starting"), fileName());
        host.outcomes.clear();
        theNodeStarts();
        assertThat(host.started).isEmpty();
        assertThat(only().state()).isEqualTo(State.QUARANTINED);
        assertThat(only().reason()).isEqualTo("the node ended while it started");
    }

    private String fileName() throws IOException {
        try (var files = Files.list(home.resolve("plugins"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @Test
    void anUpdateThatTakesTheNodeWithItLeavesTheOneBefore() throws Exception {
        install("1.0.0");
        Files.writeString(home.resolve("plugins/starting"), PACK + "-2.0.0-12345678.jar");
        theNodeStarts();
        assertThat(only().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void whatTheUserStoppedStaysSo() throws Exception {
        install("1.0.0");
        assertThat(plugins.stop(PACK).state()).isEqualTo(State.STOPPED);
        assertThat(host.running).isEmpty();
        theNodeStarts();
        assertThat(only().state()).isEqualTo(State.STOPPED);
        plugins.install(jar(PACK, "2.0.0"), Replacing.OLDER);
        assertThat(only().state()).isEqualTo(State.STOPPED);
        assertThat(plugins.start(PACK).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aNodeWithoutPluginsStartsNoneAndStillLetsThemBeRemoved() throws Exception {
        install("1.0.0");
        theNodeStarts(true);
        assertThat(only().state()).isEqualTo(State.HELD);
        assertThat(host.started).isEmpty();
        assertThatThrownBy(() -> plugins.start(PACK)).hasMessageContaining("without plugins");
        plugins.install(jar(PACK, "2.0.0"), Replacing.OLDER);
        assertThat(host.started).isEmpty();
        plugins.remove(PACK, false);
        assertThat(jars()).isEmpty();
    }

    @Test
    void aJarThatWasChangedOnDiskIsNotLoaded() throws Exception {
        install("1.0.0");
        Jars.plugin(PACK, "1.0.0")
                .entry("evil", "x")
                .write(home.resolve("plugins").resolve(fileName()));
        theNodeStarts();
        assertThat(only().state()).isEqualTo(State.FAILED);
        assertThat(only().reason()).contains("was changed since it was installed");
        assertThat(host.started).isEmpty();
        assertThat(plugins.install(jar(PACK, "1.0.0"), Replacing.OLDER).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aJarThatIsMissingIsSaid() throws Exception {
        install("1.0.0");
        Files.delete(home.resolve("plugins").resolve(fileName()));
        theNodeStarts();
        assertThat(only().reason()).contains("is not there any more");
        plugins.remove(PACK, false);
        assertThat(plugins.list()).isEmpty();
    }
}
