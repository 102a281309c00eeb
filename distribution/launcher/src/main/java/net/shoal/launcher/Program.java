package net.shoal.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.base.command.CommandLine;
import net.shoal.base.command.Help;
import net.shoal.base.command.Invocation;
import net.shoal.base.command.Reply;
import net.shoal.base.command.Request;
import net.shoal.base.command.SafeText;
import net.shoal.base.command.Terminal;
import net.shoal.base.command.UsageException;
import net.shoal.base.command.View;
import net.shoal.base.command.Vocabulary;

/** One run of {@code bin/shoal}. */
public final class Program {
    private static final int INTERRUPTED = 130;
    private static final int START_SECONDS = 30;
    private static final int STOP_SECONDS = 10;

    private final Map<String, String> environment;
    private final Terminal terminal;
    private final Distribution distribution;
    private final PrintStream out;
    private final PrintStream err;
    private final Ending ending = new Ending();

    private Program(Map<String, String> environment, Terminal terminal, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.terminal = terminal;
        this.distribution = Distribution.ofThisProcess();
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        var environment = System.getenv();
        var terminal =
                Terminal.of(System.getProperty("shoal.tty", ""), System.getProperty("shoal.columns", ""), environment);
        var charset = terminal.unicode() ? StandardCharsets.UTF_8 : nativeCharset();
        var program = new Program(
                environment, terminal, stream(FileDescriptor.out, charset), stream(FileDescriptor.err, charset));
        program.ending.end(program.run(List.of(args)));
    }

    private static Charset nativeCharset() {
        var name = System.getProperty("native.encoding", "UTF-8");
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }

    private static PrintStream stream(FileDescriptor descriptor, Charset charset) {
        return new PrintStream(new java.io.BufferedOutputStream(new FileOutputStream(descriptor), 8192), true, charset);
    }

    private int run(List<String> args) {
        try {
            if (Training.isUnderWay()) {
                return Training.run(distribution);
            }
            var invocation = CommandLine.parse(args);
            if (invocation.has("--help")) {
                boolean isNamed = !args.stream().allMatch(arg -> arg.startsWith("-"));
                out.print(isNamed ? Help.word(invocation.word(), terminal.width()) : Help.program(terminal.width()));
                return 0;
            }
            if (invocation.has("--version")) {
                out.println(distribution.versionInWords());
                return 0;
            }
            return run(invocation);
        } catch (UsageException e) {
            err.println("shoal: " + SafeText.of(e.getMessage()));
            err.println(e.usage());
            return 2;
        } catch (NodeException e) {
            err.println("shoal: " + SafeText.sentence(e.getMessage(), e.hint()));
            return 1;
        } catch (IOException e) {
            err.println("shoal: " + SafeText.of(String.valueOf(e.getMessage())));
            return 1;
        } catch (InterruptedException e) {
            return INTERRUPTED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private int run(Invocation invocation) throws UsageException, NodeException, IOException, InterruptedException {
        var home = HomeFolder.of(invocation.value("--home"), environment);
        var view = new View(invocation.word(), View.Mode.of(invocation), terminal, out, err, System::nanoTime);
        ending.listenToSignals(statusWhenInterrupted(invocation));
        ending.cleanUpWith(view::endBar);
        var decision = Decision.of(invocation, mayAsk(invocation) ? running(home) : Optional.empty());
        if (decision instanceof Decision.Here) {
            return new Create(view).run(invocation, cwd());
        }
        if (decision instanceof Decision.AskRunning ask) {
            int status = ask(ask.node(), invocation, view);
            if (invocation.word().name().equals(Vocabulary.STOP)) {
                awaitEnd(home);
            }
            return status;
        }
        if (decision instanceof Decision.NoNode) {
            throw new NodeException("no node runs with the home " + home.root(), "`shoal run` starts one");
        }
        return decision instanceof Decision.Temporary
                ? runTemporary(invocation, home, view)
                : runForeground(invocation, home);
    }

    private static boolean mayAsk(Invocation invocation) {
        return switch (invocation.word().runs()) {
            case IN_NODE, IN_ANY_NODE -> true;
            case HERE, AS_NODE -> false;
        };
    }

    private static int statusWhenInterrupted(Invocation invocation) {
        return switch (invocation.word().name()) {
            case Vocabulary.RUN, Vocabulary.SHARE -> 0;
            default -> INTERRUPTED;
        };
    }

    /** One that is just starting is waited for. */
    private static Optional<RunningNode> running(HomeFolder home) throws InterruptedException {
        var found = RunningNode.find(home);
        for (int i = 0; i < START_SECONDS * 20 && found.isEmpty() && HomeLock.isHeld(home); i++) {
            Thread.sleep(50);
            found = RunningNode.find(home);
        }
        return found;
    }

    private int ask(RunningNode node, Invocation invocation, View view) throws IOException {
        try (var client = new Client(node.connect())) {
            var status = client.run(new Request(invocation.forNode(), cwd().toString(), input(invocation)), view);
            if (status.isEmpty() && !ending.isUnderWay()) {
                view.show(new Reply.Failure("gone", "the node ended before the command did", "its log may tell why"));
            }
            return status.orElse(1);
        }
    }

    /** What only the user knows. */
    private static Optional<String> input(Invocation invocation) throws IOException {
        return invocation.word().name().equals(Vocabulary.CONSOLE) && invocation.has("--password")
                ? Optional.of(
                        PasswordPrompt.ask(System.getProperty("shoal.tty", "").contains("0")))
                : Optional.empty();
    }

    /** Returns once the node is gone, so that the next may take its home. */
    private static void awaitEnd(HomeFolder home) throws InterruptedException {
        for (int i = 0; i < STOP_SECONDS * 20 && HomeLock.isHeld(home); i++) {
            Thread.sleep(50);
        }
    }

    private int runTemporary(Invocation invocation, HomeFolder home, View view)
            throws UsageException, NodeException, IOException, InterruptedException {
        try (var node = start(invocation, home, true, false)) {
            ending.cleanUpWith(() -> {
                view.endBar();
                node.close();
                Logging.end();
            });
            var ready = node.awaitReady();
            int status = ask(ready, invocation, view);
            node.awaitStop();
            return status;
        }
    }

    private int runForeground(Invocation invocation, HomeFolder home)
            throws UsageException, NodeException, IOException, InterruptedException {
        boolean interactive = !invocation.has("--headless")
                && terminal.out()
                && System.getProperty("shoal.tty", "").contains("0");
        try (var node = start(invocation, home, false, interactive)) {
            ending.cleanUpWith(() -> {
                node.close();
                Logging.end();
            });
            var warnings = Logging.warnings();
            node.awaitReady();
            if (!interactive) {
                warnings.show();
            }
            if (!interactive && !invocation.has("--quiet")) {
                announce(home);
            }
            if (NodeOptions.hasConsole(invocation, false)) {
                announceConsole(node, invocation);
            }
            if (interactive) {
                node.startShell();
            }
            try (var archive = ClassArchive.makeLater(home, distribution)) {
                ending.cleanUpWith(() -> {
                    archive.close();
                    node.close();
                    Logging.end();
                });
                node.awaitStop();
            }
            return 0;
        }
    }

    private void announce(HomeFolder home) throws IOException {
        var fields = net.shoal.base.command.Json.readObject(java.nio.file.Files.readString(home.nodeFile()));
        err.println("shoal: the node is ready, listening on " + SafeText.of(String.valueOf(fields.get("listen")))
                + "; its home is " + SafeText.of(home.root().toString()));
    }

    /** What signs in is shown to people, never to what a service writes to. A console that was not asked for may fail: the log tells. */
    private void announceConsole(Node node, Invocation invocation) throws NodeException, InterruptedException {
        try {
            var console = node.awaitConsole();
            if (console.isPresent() && !invocation.has("--quiet")) {
                var url = terminal.err()
                        ? console.get().loginUrl()
                        : console.get().url();
                err.println("shoal: the web console is at " + SafeText.of(url));
            }
        } catch (NodeException e) {
            if (invocation.has("--console")) {
                throw e;
            }
        }
    }

    private Node start(Invocation invocation, HomeFolder home, boolean temporary, boolean interactive)
            throws UsageException, NodeException, IOException {
        var settings = NodeOptions.settings(invocation, environment, temporary);
        try {
            home.make();
        } catch (IOException e) {
            throw new NodeException(
                    "the home " + home.root() + " cannot be used (" + e + ")",
                    "give this user the right to write there, or choose another with --home");
        }
        var plan = new Node.Plan(
                home,
                distribution.root(),
                settings,
                temporary,
                interactive,
                NodeOptions.hasConsole(invocation, temporary),
                invocation.has("--safe"),
                distribution.version());
        var node = Node.start(plan);
        if (node.shouldMindPlugins()) {
            err.println("shoal: the last starts did not get as far as a node that is ready; should this one not either,"
                    + " `shoal run --safe` starts it without plugins");
        }
        return node;
    }

    private static Path cwd() {
        return Path.of("").toAbsolutePath();
    }
}
