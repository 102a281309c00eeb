package net.shoal.automation.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CommandRunsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private String script(String lines) throws IOException {
        var file = Files.writeString(folder.resolve("script"), "#!/bin/sh\n" + lines + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    private CompletableFuture<Void> begin(CommandRuns runs, Duration timeout, String... command) {
        return runs.begin(List.of(command), timeout, "x").toCompletableFuture();
    }

    @Test
    void givesItNothingOfOursButWhereThingsAre() throws Exception {
        var out = folder.resolve("environment");
        try (var runs = new CommandRuns(folder, 1)) {
            begin(runs, LONG, script("/usr/bin/env | sed 's/=.*//' > " + out + "; pwd >> " + out))
                    .get();
        }
        assertThat(Files.readAllLines(out))
                .contains("PATH", folder.toRealPath().toString())
                .allMatch(name -> List.of(
                                "PATH",
                                "HOME",
                                "USER",
                                "LOGNAME",
                                "LANG",
                                "LC_ALL",
                                "LC_CTYPE",
                                "TZ",
                                "TMPDIR",
                                "PWD",
                                "OLDPWD",
                                "SHLVL",
                                "_",
                                folder.toString())
                        .contains(name));
    }

    @Test
    void saysHowItEnded() throws Exception {
        try (var runs = new CommandRuns(folder, 1)) {
            begin(runs, LONG, script("exit 3")).get();
            assertThat(runs.lastFailure()).contains("The command for x ended with status 3");
            begin(runs, LONG, folder.resolve("nothing").toString()).get();
            assertThat(runs.lastFailure()).get().asString().startsWith("The command for x does not start");
            assertThat(runs.count()).isEqualTo(2);
        }
    }

    @Test
    void endsWhatTakesTooLongWithAllItStarted() throws Exception {
        var pids = folder.resolve("pids");
        try (var runs = new CommandRuns(folder, 1)) {
            begin(runs, Duration.ofMillis(500), script("sleep 1000 & echo $! > " + pids + "; wait"))
                    .get();
            assertThat(runs.lastFailure()).contains("The command for x is ended after 0 s");
        }
        assertIsGone(pids);
    }

    @Test
    void isNotHeldUpByAProcessThatOutlivesIt() throws Exception {
        var pid = folder.resolve("pids");
        try (var runs = new CommandRuns(folder, 1)) {
            begin(runs, LONG, script("setsid sleep 1000 & echo $! > " + pid + "; exit 0"))
                    .get();
            assertThat(runs.lastFailure()).isEmpty();
        } finally {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void readsAllThatIsSaidAndKeepsLittleOfIt() throws Exception {
        try (var runs = new CommandRuns(folder, 1)) {
            begin(runs, LONG, script("i=0; while [ $i -lt 3000 ]; do i=$((i+1)); printf '%01000d\\n' $i; done"))
                    .get();
            assertThat(runs.lastFailure()).isEmpty();
        }
        var output = new CommandOutput();
        var line = ("\u001b[31m" + "x".repeat(1_000) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int i = 0; i < 1_000; i++) {
            output.add(line, line.length);
        }
        assertThat(output.lines())
                .hasSizeLessThanOrEqualTo(50)
                .allMatch(each -> each.length() <= 500 && each.indexOf('\u001b') < 0);
        assertThat(output.bytes()).isEqualTo(1_000L * line.length);
    }

    @Test
    void runsFewAtOnceAndAllInTheEnd() throws Exception {
        var log = folder.resolve("log");
        var program = script("echo begin >> " + log + "; sleep 0.05; echo end >> " + log);
        try (var runs = new CommandRuns(folder, 1)) {
            var all = IntStream.range(0, 5)
                    .mapToObj(i -> begin(runs, LONG, program))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(all).get();
            assertThat(Files.readAllLines(log))
                    .containsExactly("begin", "end", "begin", "end", "begin", "end", "begin", "end", "begin", "end");
            runs.atOnce(3);
            runs.atOnce(1);
        }
    }

    @Test
    void endsWithTheNode() throws Exception {
        var pids = folder.resolve("pids");
        var runs = new CommandRuns(folder, 1);
        begin(runs, LONG, script("sleep 1000 & echo $! > " + pids + "; wait"));
        while (!Files.exists(pids) || Files.size(pids) == 0) {
            Thread.onSpinWait();
        }
        runs.close();
        assertIsGone(pids);
        assertThat(runs.lastFailure()).contains("The command for x was ended: the node stops");
        begin(runs, LONG, script("exit 0")).get();
        assertThat(runs.lastFailure()).get().asString().startsWith("No command is run for x");
    }

    private static void assertIsGone(Path pids) throws Exception {
        for (var pid : Files.readAllLines(pids)) {
            var handle = ProcessHandle.of(Long.parseLong(pid.strip()));
            if (handle.isPresent()) {
                handle.get().onExit().get(30, TimeUnit.SECONDS);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "notify %name              | is not given from the root down; write it such as /usr/local/bin/notify",
                "/nowhere/notify %name     | /nowhere/notify is not there",
                "/etc/passwd %name         | /etc/passwd is not executable; `chmod +x` makes it so",
                "/bin/sh -c %name          | /bin/sh is a shell, or run by one",
                "/usr/bin/env sh -c %name  | /usr/bin/env runs other programs by its arguments",
                "/usr/bin/nice sh -c %name | /usr/bin/nice runs other programs by its arguments",
                "/usr/bin/xargs %name      | /usr/bin/xargs runs other programs by its arguments",
                "/usr/bin/sudo %name       | /usr/bin/sudo runs other programs by its arguments",
                "/usr/bin/ssh host %name   | /usr/bin/ssh runs other programs by its arguments",
                "/usr/bin/awk %name        | /usr/bin/awk runs other programs by its arguments",
                "/usr/bin/python3 -c %name | /usr/bin/python3 with -c runs a text",
                "/usr/bin/python3.11 -Ic x | /usr/bin/python3.11 with -Ic runs a text",
                "/usr/bin/perl -ne %name   | /usr/bin/perl with -ne runs a text",
                "/usr/bin/node --eval=x    | /usr/bin/node with --eval=x runs a text",
                "/usr/bin/php -r %name     | /usr/bin/php with -r runs a text",
                "/bin/BASH %name           | is a shell, or run by one",
                "/x/run.cmd %name          | is a shell, or run by one",
                "/bin/ls %file             | there is no placeholder %file; there is %path, %name, %folder, %id, %size",
                "/bin/ls --of=%name        | '--of=%name' mixes a placeholder with other text",
                "/bin/ls %names            | there is no placeholder %names",
            })
    void refusesWhatCouldNotBeMeant(String command, String message) {
        assertThatThrownBy(() -> CommandTemplate.of(List.of(command.split(" ", -1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void takesEverythingElseAsItIs() {
        var words = List.of("/bin/ls", "50%", "a b", "%%name", "", "$HOME", "%id");
        var done = new Completion("12", "n", Path.of("/d/n"), 3);
        assertThat(CommandTemplate.of(words).fill(done))
                .containsExactly("/bin/ls", "50%", "a b", "%name", "", "$HOME", "12");
    }
}
