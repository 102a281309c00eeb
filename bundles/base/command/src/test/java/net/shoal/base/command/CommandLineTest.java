package net.shoal.base.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static Invocation parse(String line) throws UsageException {
        return CommandLine.parse(line.isEmpty() ? List.of() : List.of(line.split(" ", -1)));
    }

    @Test
    void isRunWithoutACommand() throws UsageException {
        assertThat(parse("").word().name()).isEqualTo("run");
        assertThat(parse("--home h --listen 0 --listen [::1]:6881").values("--listen"))
                .containsExactly("0", "[::1]:6881");
    }

    @Test
    void takesWhatTheBenchmarkGives() throws UsageException {
        var run = parse("run --headless --home h --listen 10.77.0.1:7001 --net lan --console off --security plain");
        assertThat(run.value("--listen")).contains("10.77.0.1:7001");
        assertThat(run.has("--headless")).isTrue();
        var create = parse("create src --save out.torrent --piece-size 262144 --format v1 --quiet");
        assertThat(create.argument(0)).isEqualTo("src");
        assertThat(parse("get x.torrent --to d --peer 10.77.0.1:7001").value("--to"))
                .contains("d");
        assertThat(parse("share d --torrent x.torrent").arguments()).containsExactly("d");
    }

    @Test
    void takesOptionsAnywhereAndWithEqualsSigns() throws UsageException {
        var get = parse("--home h get --to=d magnet:?xt=1 --json");
        assertThat(get.word().name()).isEqualTo("get");
        assertThat(get.value("--to")).contains("d");
        assertThat(get.argument(0)).isEqualTo("magnet:?xt=1");
    }

    @Test
    void endsOptionsAtTwoDashes() throws UsageException {
        assertThat(parse("share -- --odd-name").arguments()).containsExactly("--odd-name");
    }

    @Test
    void readsCommandsOfTwoWords() throws UsageException {
        var set = parse("config set net.shoal.net:scope lan");
        assertThat(set.word().name()).isEqualTo("config set");
        assertThat(set.arguments()).containsExactly("net.shoal.net:scope", "lan");
    }

    @Test
    void readsWhatIsToBeSet() throws UsageException {
        assertThat(parse("set all downlimit=1.5MiB/s Priority:a=b=high").arguments())
                .extracting(text -> text.equals("all") ? text : Assignment.parse(text))
                .containsExactly(
                        "all",
                        new Assignment(TransferKey.DOWN_LIMIT, "", "1.5MiB/s"),
                        new Assignment(TransferKey.PRIORITY, "a=b", "high"));
        assertThat(Assignment.parse("tracker=http://t/a?k=v").value()).isEqualTo("http://t/a?k=v");
        assertThat(Help.word(Vocabulary.word("set"), 80))
                .contains("KEY=VALUE:")
                .contains("downLimit=RATE")
                .contains("priority:GLOB=skip|low|normal|high");
    }

    @Test
    void whatItCompletesWithIsRightOrABeginning() {
        for (var key : TransferKey.values()) {
            assertThat(key.completions()).isNotEmpty().allSatisfy(word -> {
                if (!word.endsWith("=")) {
                    assertThat(Assignment.parse(word).key()).isEqualTo(key);
                }
            });
        }
    }

    @Test
    void sendsANodeNoOptionsOfTheClient() throws UsageException {
        var invocation = parse("--home h get --json L --only *.mkv --only a --seed --timeout 5m");
        assertThat(invocation.forNode())
                .containsExactly("get", "--only=*.mkv", "--only=a", "--seed", "--timeout=5m", "--", "L");
        assertThat(CommandLine.parse(invocation.forNode()).values("--only")).containsExactly("*.mkv", "a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gte L                        | there is no command 'gte'; did you mean get?",
                "get                          | `get` needs LINK",
                "get a b                      | 'b' is one too many: `get` takes LINK",
                "ls x                         | `ls` takes no arguments",
                "get L --per 1:2              | `get` has no option --per; did you mean --peer?",
                "ls --listen 0                | --listen is an option of a node; `ls` talks to one that runs already",
                "create p --net lan           | `create` works without one",
                "get L --to                   | --to needs a value: --to DIR",
                "get L --seed=yes             | --seed takes no value",
                "get L --to a --to b          | --to is given twice",
                "get L --timeout 5            | '5' is no duration; write a number and a unit",
                "get L --peer host            | 'host' is no address; write HOST:PORT",
                "run --net moon               | 'moon' is not known; it is loopback, lan or internet",
                "run --console here            | 'here' is no address; write PORT or HOST:PORT",
                "run --listen 70000           | '70000' is no address; write PORT or HOST:PORT",
                "run --set scope=lan          | a KEY is PID:NAME",
                "share p --piece-size big     | 'big' is no size; write bytes or a unit",
                "share p --tracker nowhere    | 'nowhere' is no URL",
                "show abc                     | 'abc' is no ID",
                "config                       | 'config' is followed by one of: ls, get, set",
                "config get scope             | a KEY is PID:NAME",
                "pause                        | `pause` needs ID...",
                "pause abc                    | 'abc' is no ID",
                "cancel abcdef --delete       | did you mean --delete-data?",
                "move abcdef                  | `move` needs DIR",
                "rename abcdef a              | `rename` needs NEW",
                "rename all a b               | 'all' is no ID",
                "set abcdef                   | `set` needs KEY=VALUE...",
                "set abcdef downLimit         | 'downLimit' sets nothing; write KEY=VALUE, such as downLimit=1MiB",
                "set abcdef downlimits=1      | a transfer has no 'downlimits' to set; did you mean downLimit?",
                "set abcdef speed=1           | (there is downLimit, upLimit, maxPeers, ratio, idle",
                "set abcdef downLimit=fast    | downLimit: 'fast' is no rate; write bytes a second",
                "set abcdef maxPeers=-1       | maxPeers: '-1' is no number",
                "set abcdef ratio=high        | ratio: 'high' is no ratio; write a number such as 1.5, or never, or default",
                "set abcdef idle=5            | idle: '5' is no idle time; write one such as 30m",
                "set abcdef idle=0s           | or never, or default",
                "set abcdef sequential=1      | sequential: '1' is not known; it is on or off",
                "set abcdef queue=first       | queue: 'first' is not known; it is top, up, down or bottom",
                "set abcdef priority=high     | write priority:GLOB=VALUE, such as 'priority:*.mkv=high'",
                "set abcdef priority:=high    | an empty pattern matches no file",
                "set abcdef priority:[a=high  | a [ without its ] in the pattern [a; write one such as '*.mkv'",
                "set abcdef priority:*=urgent | priority: 'urgent' is not known; it is skip, low, normal or high",
                "set abcdef queue:x=top       | queue is of the whole transfer",
                "set abcdef tracker=here      | tracker: 'here' is no URL",
                "set abcdef webSeed=ftp://a/b | webSeed: 'ftp://a/b' is no web seed; it begins with http:// or https://",
                "set abcdef peer=host         | peer: 'host' is no address; write HOST:PORT",
                "search words                 | there is no command 'search'",
                "get L --code                 | has no option --code"
            })
    void refusesWithWhatWouldBeRight(String line, String message) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(UsageException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get --help", "share -h", "show --version", "config ls --help"})
    void asksNothingOfWhoWantsHelp(String line) throws UsageException {
        assertThat(parse(line).has("--help") || parse(line).has("--version")).isTrue();
    }

    @Test
    void keepsControlCharactersOutOfItsErrors() {
        assertThatThrownBy(() -> CommandLine.parse(List.of("\u001b[2Jx")))
                .isInstanceOf(UsageException.class)
                .message()
                .doesNotContain("\u001b");
    }

    @Test
    void everyWordHasHelpThatFits() {
        for (var word : Vocabulary.words()) {
            assertThat(Help.word(word, 60))
                    .contains("usage: shoal " + word.name())
                    .contains("--home");
            assertThat(Help.word(word, 60).lines()).allMatch(line -> line.length() <= 100);
        }
        assertThat(Help.program(72)).contains("share PATH...").contains("--serve-tracker");
        assertThat(Help.program(72).lines()).allMatch(line -> line.length() <= 72);
    }
}
