package net.shoal.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.shoal.base.command.Request;
import net.shoal.base.command.Terminal;
import net.shoal.base.command.View;
import net.shoal.base.command.Vocabulary;

/** A short life of a node that loads the classes others will need: see {@link ClassArchive}. Reaches nobody but itself. */
final class Training {
    private static final String FOLDER = "shoal.training";
    private static final int LIMIT_SECONDS = 120;

    private Training() {}

    static boolean isUnderWay() {
        return System.getProperty(FOLDER) != null;
    }

    /** @return the exit status */
    static int run(Distribution distribution) throws NodeException, IOException, InterruptedException {
        endInTime();
        var folder = Path.of(System.getProperty(FOLDER));
        var home = new HomeFolder(folder.resolve("home"));
        home.make();
        var content = Files.write(folder.resolve("content"), new byte[256 * 1024]);
        var settings = List.of(
                "net.shoal.net:scope=loopback",
                "net.shoal.net:listen=127.0.0.1:0",
                "net.shoal.ui.web:listen=127.0.0.1:0");
        var plan = new Node.Plan(home, distribution.root(), settings, false, false, true, true, distribution.version());
        try (var node = Node.start(plan)) {
            var running = node.awaitReady();
            ask(running, Vocabulary.SHARE, List.of("share", content.toString()), folder);
            ask(running, Vocabulary.LS, List.of("ls"), folder);
            ask(running, Vocabulary.DOCTOR, List.of("doctor"), folder);
        }
        return 0;
    }

    private static void ask(RunningNode node, String word, List<String> args, Path cwd) throws IOException {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var view = new View(
                Vocabulary.word(word), new View.Mode(false, false), Terminal.NONE, nowhere, nowhere, System::nanoTime);
        try (var client = new Client(node.connect())) {
            client.run(new Request(args, cwd.toString()), view);
        }
    }

    /** Whoever started us may be gone. */
    private static void endInTime() {
        var thread = new Thread(
                () -> {
                    try {
                        Thread.sleep(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
                        Runtime.getRuntime().halt(1);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "shoal-training-limit");
        thread.setDaemon(true);
        thread.start();
    }
}
