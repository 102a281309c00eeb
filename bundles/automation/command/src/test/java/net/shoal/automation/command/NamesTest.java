package net.shoal.automation.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No text from a peer reaches a shell, whatever a torrent is called: a program is given it as it is, or not at all. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class NamesTest {
    /** In which Java hands over arguments: until 17 the default, then that of file names. The launch script sees to UTF-8. */
    private static final Charset LOCALE = Runtime.version().feature() < 18
            ? Charset.defaultCharset()
            : Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    @TempDir
    Path folder;

    private Path program;
    private Path said;
    private Path work;

    /** Names as somebody might make them who would like to run something here. */
    static Stream<String> names() {
        return Stream.of(
                "$(touch pwned)",
                "`touch pwned`",
                "; touch pwned",
                "& touch pwned &",
                "&& touch pwned",
                "|| touch pwned",
                "| touch pwned",
                "\n touch pwned \n",
                "\r\ntouch pwned",
                "> pwned",
                "< /etc/passwd",
                "'; touch pwned; '",
                "\"; touch pwned; \"",
                "\\'; touch pwned",
                "\"$(touch pwned)\"",
                "${IFS}touch${IFS}pwned",
                "$HOME",
                "~root",
                "*",
                "{a,b}",
                "!!",
                "#touch pwned",
                "%path",
                "%%name",
                "%PATH%",
                "^& touch pwned",
                "-rf",
                "--output=pwned",
                "--",
                "+x",
                "@pwned",
                "-e touch pwned",
                " ",
                "a\tb",
                "\u001b]0;touch pwned\u0007",
                "\u202Egpj.sh",
                "() { :; }; touch pwned",
                "ünïcödé \uD83D\uDC1F 鱼",
                "nul\0touch pwned");
    }

    @BeforeEach
    void makeProgram() throws IOException {
        said = folder.resolve("said");
        work = Files.createDirectories(folder.resolve("work"));
        program = script("program", "out=$1\nshift\nprintf '%s\\0' \"$@\" > \"$out\"\n");
    }

    private Path script(String name, String lines) throws IOException {
        var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + lines);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameIsAnArgumentAndNothingElse(String name) throws Exception {
        assumeThat(LOCALE.newEncoder().canEncode(name))
                .as("the locale of this test cannot write it")
                .isTrue();
        var command = CommandTemplate.of(
                List.of(program.toString(), said.toString(), "%name", "%path", "%folder", "%id", "%size", "%%a %b"));
        var done =
                new Completion("ab".repeat(20), name, folder.resolve("content").resolve("c"), 7);
        try (var runs = new CommandRuns(work, 1)) {
            runs.begin(command.fill(done), Duration.ofSeconds(60), done.label())
                    .toCompletableFuture()
                    .get();
            if (name.indexOf('\0') >= 0) {
                assertThat(runs.lastFailure()).get().asString().contains("does not start");
                assertThat(said).doesNotExist();
            } else {
                assertThat(runs.lastFailure()).isEmpty();
                assertThat(arguments())
                        .containsExactly(
                                "-+@".indexOf(name.charAt(0)) >= 0 ? "./" + name : name,
                                folder + "/content/c",
                                folder + "/content",
                                "ab".repeat(20),
                                "7",
                                "%a %b");
            }
        }
        try (var files = Files.list(work)) {
            assertThat(files).isEmpty();
        }
        assertThat(done.label()).doesNotContain("\n", "\u001b", "\u202E");
    }

    private List<String> arguments() throws IOException {
        var all = new ArrayList<>(List.of(Files.readString(said, LOCALE).split("\0", -1)));
        assertThat(all.remove(all.size() - 1)).isEmpty();
        return all;
    }
}
