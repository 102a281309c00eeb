package net.shoal.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * README's quickstart, word for word. Each {@code sh} block of its section is a terminal of its own, opened in the folder of the checkout one
 * after the other; a block that goes on (a node, a share) stays while the next ones run. Only two things differ from what a reader does: lines
 * with {@code mvnw} are left out, since this very build has just run them, and a link with {@code …} in it stands for the one printed before.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ReadmeIT {
    private static final Pattern SECTION = Pattern.compile("(?ms)^## Quickstart$(.*?)(?=^## |\\z)");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh$(.*?)^```$");
    private static final Pattern PLACEHOLDER = Pattern.compile("'?magnet:\\?[^ '\\n]*(…|\\.\\.\\.)'?");
    private static final Pattern SHARE = Pattern.compile("bin/shoal share (\\S+)");
    private static final Pattern TO = Pattern.compile("bin/shoal get .*--to (\\S+)");
    private static final long BLOCK_SECONDS = 90;

    @TempDir
    Path folder;

    @Test
    void theQuickstartEndsWithTheFolderFetched() throws IOException {
        copyDistribution();
        var terminals = new ArrayDeque<CommandRun>();
        var link = "";
        var blocks = blocks();
        assertThat(blocks)
                .as("README.md has a section Quickstart with sh blocks")
                .isNotEmpty();
        try {
            for (var block : blocks) {
                var terminal = open(
                        link.isEmpty()
                                ? block
                                : PLACEHOLDER.matcher(block).replaceAll(Matcher.quoteReplacement("'" + link + "'")));
                terminals.push(terminal);
                Running.await(block, BLOCK_SECONDS, () -> !terminal.isAlive() || isUp(terminal));
                if (!terminal.isAlive()) {
                    assertThat(terminal.status())
                            .as(() -> block + Running.text(terminal::err))
                            .isZero();
                }
                link = terminal.out()
                        .lines()
                        .filter(line -> line.startsWith("magnet:?"))
                        .findFirst()
                        .orElse(link);
            }
            assertArrived(String.join("\n", blocks));
        } finally {
            terminals.forEach(CommandRun::close);
        }
    }

    /** A share says so by its link, a node by its file. */
    private boolean isUp(CommandRun terminal) throws IOException {
        return (terminal.out().contains("magnet:?") && terminal.out().endsWith("\n"))
                || terminal.err().contains("listening");
    }

    private void assertArrived(String commands) throws IOException {
        var shared = group(SHARE, commands);
        var to = group(TO, commands);
        var source = folder.resolve(shared);
        assertThat(FileTree.of(folder.resolve(to).resolve(source.getFileName())))
                .isEqualTo(FileTree.of(source));
    }

    private static String group(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(pattern + " in the quickstart").isTrue();
        return matcher.group(1);
    }

    private CommandRun open(String block) throws IOException {
        var home = Files.createDirectories(folder.resolve("user")).toString();
        var environment = Map.of("SHOAL_NET", "loopback", "HOME", home, "XDG_DATA_HOME", "");
        return CommandRun.start(folder, environment, List.of("bash", "-euo", "pipefail", "-c", block));
    }

    private static List<String> blocks() throws IOException {
        var readme = Path.of(System.getProperty("shoal.root", "..")).resolve("README.md");
        var section = SECTION.matcher(Files.readString(readme));
        var blocks = new ArrayList<String>();
        if (section.find()) {
            var block = BLOCK.matcher(section.group(1));
            while (block.find()) {
                var lines = block.group(1)
                        .lines()
                        .filter(line -> !line.contains("mvnw"))
                        .toList();
                if (lines.stream().anyMatch(line -> !line.isBlank())) {
                    blocks.add(String.join("\n", lines));
                }
            }
        }
        return blocks;
    }

    /** Where the build leaves it, but in a folder of our own: the commands may write beside it. */
    private void copyDistribution() throws IOException {
        var from = Distribution.ofThisBuild().folder();
        var to = folder.resolve("distribution/target").resolve(from.getFileName());
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var copy = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
