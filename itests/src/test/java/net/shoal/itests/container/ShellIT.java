package net.shoal.itests.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import net.shoal.base.command.Vocabulary;
import net.shoal.base.command.Word.Runs;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;

/** The words in the shell: that they are there, help, and what Tab completes them with. */
@InNode
@SuppressWarnings("NullAway.Init")
class ShellIT {
    private static final long SECONDS = 20;

    @Inject
    private BundleContext context;

    @Inject
    private CommandProcessor processor;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private Object execute(String line) throws Exception {
        awaitTheWords();
        said.reset();
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        try (CommandSession session = processor.createSession(new ByteArrayInputStream(new byte[0]), out, out)) {
            session.put("SCOPE", "shoal:*");
            return session.execute(line);
        }
    }

    private String says(String line) throws Exception {
        execute(line);
        return said.toString(StandardCharsets.UTF_8);
    }

    private void awaitTheWords() {
        await().atMost(SECONDS, TimeUnit.SECONDS).until(() -> isThere("changes") && isThere("stop"));
    }

    private boolean isThere(String function) throws InvalidSyntaxException {
        var filter = "(&(osgi.command.scope=shoal)(osgi.command.function=" + function + "))";
        return context.getAllServiceReferences(null, filter) != null;
    }

    @Test
    void everyWordOfARunningNodeIsThereAndExplainsItself() throws Exception {
        for (var word : Vocabulary.words()) {
            if (word.runs() == Runs.IN_NODE || word.runs() == Runs.IN_ANY_NODE) {
                assertThat(says(word.name() + " --help")).startsWith("usage: shoal " + word.name());
            }
        }
        assertThat(says("help set")).contains("downLimit=RATE", "priority:GLOB=skip|low|normal|high");
        assertThat(says("help")).contains("pause ID...").contains("rename ID OLD NEW");
    }

    @Test
    void tabHasSomethingToOffer() throws Exception {
        assertThat(execute("shoal:ids all"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .contains("all");
        assertThat(execute("shoal:changes")).isInstanceOf(List.class).asString().contains("sequential=on", "queue=top");
        assertThat(execute("shoal:settings")).asString().contains("net.shoal.engine:maxPeers");
    }

    @Test
    void whatIsTypedThereIsWhatTheCommandGets() throws Exception {
        assertThat(says("set all downLimit=1MiB priority:'*'=high 'priority:*.mkv=low'"))
                .isEmpty();
        assertThat(says("set all downLimit=fast")).startsWith("downLimit: 'fast' is no rate");
        assertThat(says("set all priority:'*'=urgent")).startsWith("priority: 'urgent' is not known");
        assertThat(says("pause")).startsWith("`pause` needs ID...").contains("usage: shoal pause ID...");
        assertThat(says("pause abcdef"))
                .isEqualToIgnoringNewLines("shoal: there is no transfer abcdef; `ls` shows those there are");
    }
}
