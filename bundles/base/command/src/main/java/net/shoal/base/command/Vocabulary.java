package net.shoal.base.command;

import static net.shoal.base.command.Option.choice;
import static net.shoal.base.command.Option.flag;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.shoal.base.command.Word.Runs;

/** All the words there are. What is not here does not exist. */
public final class Vocabulary {
    public static final String RUN = "run";
    public static final String SHARE = "share";
    public static final String GET = "get";
    public static final String CREATE = "create";
    public static final String LS = "ls";
    public static final String SHOW = "show";
    public static final String PEERS = "peers";
    public static final String PAUSE = "pause";
    public static final String RESUME = "resume";
    public static final String RECHECK = "recheck";
    public static final String CANCEL = "cancel";
    public static final String MOVE = "move";
    public static final String RENAME = "rename";
    public static final String SET = "set";
    public static final String CONFIG_LS = "config ls";
    public static final String CONFIG_GET = "config get";
    public static final String CONFIG_SET = "config set";
    public static final String PLUGINS_LS = "plugins ls";
    public static final String PLUGINS_INFO = "plugins info";
    public static final String PLUGINS_INSTALL = "plugins install";
    public static final String PLUGINS_UPDATE = "plugins update";
    public static final String PLUGINS_RM = "plugins rm";
    public static final String PLUGINS_START = "plugins start";
    public static final String PLUGINS_STOP = "plugins stop";
    public static final String CONSOLE = "console";
    public static final String DOCTOR = "doctor";
    public static final String EVENTS = "events";
    public static final String STOP = "stop";

    /** Options that every command takes. */
    static final List<Option> EVERYWHERE = List.of(
            Option.of(
                    "--home",
                    ValueType.DIRECTORY,
                    "where the node keeps its state; default $SHOAL_HOME, else the usual place"),
            flag("--json", "results as JSON, one object a line"),
            flag("--quiet", "no progress and no notices"),
            flag("--help", "this help; after a command, help on it"),
            flag("--version", "the version of Shoal and of Java"));

    /** Options of a node, also of a temporary one. */
    static final List<Option> OF_A_NODE = List.of(
            Option.of(
                            "--listen",
                            ValueType.LISTEN,
                            "where peers reach this node, TCP and UDP; 0 is any port, with a HOST it also dials from"
                                    + " there")
                    .repeated(),
            Option.of(
                    "--console",
                    ValueType.CONSOLE,
                    "where the web console is; default 127.0.0.1:7717, 0 is any port; for other machines it takes a"
                            + " password"),
            choice(
                    "--net",
                    List.of("loopback", "lan", "internet"),
                    "how far the node reaches; default $SHOAL_NET, else internet"),
            choice(
                    "--security",
                    List.of("prefer", "mse", "plain"),
                    "peer channels: what both sides can, only ones obfuscated by MSE and encrypted, or only plain"
                            + " ones"),
            Option.of("--serve-tracker", ValueType.LISTEN, "serve a tracker (HTTP and UDP); links made here name it"),
            Option.of("--storage", ValueType.TEXT, "how pieces are kept, where not in plain files")
                    .shownAs("NAME"),
            flag("--safe", "without plugins, for when one of them keeps the node from starting"),
            Option.of("--set", ValueType.SETTING, "any setting, for this run").repeated());

    private static final List<Option> OF_METAINFO = List.of(
            choice(
                    "--format",
                    List.of("auto", "v1", "v2", "hybrid"),
                    "auto: hybrid unless its padding would add more than 5 %, then v1"),
            Option.of(
                    "--piece-size", ValueType.PIECE_SIZE, "a power of two from 16KiB on; chosen by size if not given"),
            Option.of("--title", ValueType.TEXT, "the name, where it is not that of the file or folder"),
            Option.of("--comment", ValueType.TEXT, "a remark, kept in the .torrent file"),
            Option.of(
                    "--source", ValueType.TEXT, "a mark that makes the infohash one of its own, as some trackers want"),
            flag("--private", "only the trackers named may know of it (BEP 27)"),
            Option.of("--tracker", ValueType.URL, "a tracker to announce to; each one is a tier")
                    .repeated(),
            Option.of("--web-seed", ValueType.URL, "a web server that has the content too")
                    .repeated(),
            Option.of("--save", ValueType.PATH, "write the .torrent file there").shownAs("FILE.torrent"));

    private static final String MANY = "Several at once, or `all`.";

    private static final List<Word> WORDS = List.of(
            Word.of(RUN, Runs.AS_NODE, "start a node in the foreground, with a shell on a terminal")
                    .with(flag("--headless", "without the shell, for services"))
                    .explained("The node runs until `stop`, the end of its shell, Ctrl-C or SIGTERM."),
            Word.of(SHARE, Runs.IN_ANY_NODE, "hash, seed in place and print the link", Argument.many(ValueType.PATH))
                    .with(OF_METAINFO)
                    .with(
                            Option.of(
                                            "--torrent",
                                            ValueType.PATH,
                                            "seed this existing torrent; PATH is the folder that holds its content")
                                    .shownAs("FILE"),
                            flag("--public", "anyone may find it"),
                            flag("--link", "whoever learns the link can fetch it (the default)"))
                    .explained(
                            "One PATH is one share: a file, or a folder with all that is in it. Nothing is copied.",
                            "Without a running node it serves until interrupted."),
            Word.of(GET, Runs.IN_ANY_NODE, "download, verify, exit", Argument.one(ValueType.LINK))
                    .with(
                            Option.of("--to", ValueType.DIRECTORY, "where to put it; default the current folder"),
                            Option.of("--only", ValueType.GLOB, "only files whose path matches")
                                    .repeated(),
                            Option.of("--peer", ValueType.ENDPOINT, "a peer to ask first")
                                    .repeated(),
                            flag("--sequential", "pieces in order"),
                            flag("--first-last", "the first and last pieces of each file first, for a preview"),
                            flag("--seed", "a temporary node keeps seeding until interrupted"),
                            Option.of(
                                    "--timeout", ValueType.DURATION, "give up after that long; what is there is kept"))
                    .explained(
                            "LINK is a magnet link, a .torrent file or its http(s) URL, or a bare infohash.",
                            "Interrupted, paused or failed, the same command resumes. Unrelated files are never"
                                    + " overwritten.",
                            "With --only, of what is fetched already, those files are fetched too."),
            Word.of(CREATE, Runs.HERE, "make a .torrent without a node", Argument.one(ValueType.PATH))
                    .with(OF_METAINFO)
                    .explained(
                            "Without --save the file is PATH.torrent in the current folder. Prints the magnet link."),
            Word.of(LS, Runs.IN_NODE, "transfers and shares"),
            Word.of(SHOW, Runs.IN_NODE, "one in detail: files, pieces, peers, trackers", Argument.one(ValueType.ID)),
            Word.of(
                    PEERS,
                    Runs.IN_NODE,
                    "who it is connected to: client, transport, security, rates",
                    Argument.one(ValueType.ID)),
            Word.of(PAUSE, Runs.IN_NODE, "stop for now; nothing is lost", Argument.many(ValueType.IDS))
                    .explained(MANY),
            Word.of(RESUME, Runs.IN_NODE, "go on with what was paused, or failed", Argument.many(ValueType.IDS))
                    .explained(MANY),
            Word.of(RECHECK, Runs.IN_NODE, "hash all that is on disk again", Argument.many(ValueType.IDS))
                    .explained(MANY, "Pieces that do not verify are fetched again. What was paused is so again."),
            Word.of(CANCEL, Runs.IN_NODE, "forget a transfer or share; its files stay", Argument.many(ValueType.IDS))
                    .with(flag("--delete-data", "also delete what was downloaded"))
                    .explained(
                            MANY,
                            "What was shared in place is never deleted. With --delete-data each ID is to be named:"
                                    + " `all` is not enough."),
            Word.of(
                            MOVE,
                            Runs.IN_NODE,
                            "take its files to another folder",
                            Argument.one(ValueType.ID),
                            Argument.one(ValueType.DIRECTORY))
                    .explained(
                            "What is fetched or seeded goes on from there. Nothing that lies there is overwritten.",
                            "What was shared in place is not moved: move it yourself, then say where it is by this."),
            Word.of(
                            RENAME,
                            Runs.IN_NODE,
                            "give a file or folder of it another name on disk",
                            Argument.one(ValueType.ID),
                            Argument.one("OLD", ValueType.PATH),
                            Argument.one("NEW", ValueType.TEXT))
                    .explained(
                            "OLD is a path as `show` has it, or the name of the whole; NEW is a name without folders.",
                            "For other peers nothing changes."),
            Word.of(
                            SET,
                            Runs.IN_NODE,
                            "limits, priorities, order and sources of a transfer",
                            Argument.one(ValueType.IDS),
                            Argument.many(ValueType.ASSIGNMENT))
                    .where(Arrays.stream(TransferKey.values()).map(key -> new Word.Explained(key.usage(), key.help())))
                    .explained(
                            "Several are set at once, or, if one is wrong, none. ID `all` means every transfer.",
                            "Limits of the whole node are settings: `config ls` shows them."),
            Word.of(CONFIG_LS, Runs.IN_NODE, "every setting, its value and where that comes from"),
            Word.of(CONFIG_GET, Runs.IN_NODE, "the value of one setting", Argument.one(ValueType.KEY)),
            Word.of(
                            CONFIG_SET,
                            Runs.IN_NODE,
                            "change a setting and keep it",
                            Argument.one(ValueType.KEY),
                            Argument.one("VALUE", ValueType.TEXT))
                    .explained("An empty VALUE goes back to the default."),
            Word.of(PLUGINS_LS, Runs.IN_NODE, "bundles of others in this node, and how they are"),
            Word.of(
                    PLUGINS_INFO,
                    Runs.IN_NODE,
                    "one in detail: what it provides, needs and lacks",
                    Argument.one(ValueType.PLUGIN)),
            Word.of(
                            PLUGINS_INSTALL,
                            Runs.IN_NODE,
                            "look through a bundle jar, start it and keep it",
                            Argument.one("FILE", ValueType.PATH))
                    .explained(
                            "A plugin can do all that Shoal can: install only what you trust. It starts with the node"
                                    + " from now on."),
            Word.of(
                            PLUGINS_UPDATE,
                            Runs.IN_NODE,
                            "replace a plugin by another version of it",
                            Argument.one("FILE", ValueType.PATH))
                    .with(flag("--downgrade", "also by an older one"))
                    .explained("If the new one does not start, the one before runs on."),
            Word.of(PLUGINS_RM, Runs.IN_NODE, "stop a plugin and remove it", Argument.one(ValueType.PLUGIN))
                    .with(flag("--keep-settings", "leave its files in etc/"))
                    .explained("What it has stored stays where it is."),
            Word.of(
                            PLUGINS_START,
                            Runs.IN_NODE,
                            "start a plugin that was stopped, failed or is quarantined",
                            Argument.one(ValueType.PLUGIN))
                    .explained("One that failed twice, or took the node with it, is quarantined: only this or an update"
                            + " starts it."),
            Word.of(
                    PLUGINS_STOP,
                    Runs.IN_NODE,
                    "stop a plugin, until it is started again",
                    Argument.one(ValueType.PLUGIN)),
            Word.of(CONSOLE, Runs.IN_NODE, "print a link that signs a browser in to the web console")
                    .with(
                            flag(
                                    "--password",
                                    "set the password of the console: asked for, or a line of standard input"),
                            flag("--sign-out", "sign out every browser, also after another password"))
                    .explained(
                            "The link works once. Whoever has it can do all that you can.",
                            "With a password others can be let in, by HTTPS: `shoal run --console 0.0.0.0:7717`."
                                    + " An empty one removes it."),
            Word.of(DOCTOR, Runs.IN_NODE, "what works and what does not here, and what to do about it"),
            Word.of(EVENTS, Runs.IN_NODE, "what happens to transfers, as it happens"),
            Word.of(STOP, Runs.IN_NODE, "stop the running node"));

    private Vocabulary() {}

    public static List<Word> words() {
        return WORDS;
    }

    public static Word word(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no word " + name));
    }

    public static Optional<Word> find(String name) {
        return WORDS.stream().filter(word -> word.name().equals(name)).findFirst();
    }

    /** What may stand behind this command. */
    public static List<Option> optionsFor(Word word) {
        var node = word.takesNodeOptions() ? OF_A_NODE : List.<Option>of();
        return Stream.of(word.options(), node, EVERYWHERE).flatMap(List::stream).toList();
    }

    public static boolean isOfANode(String option) {
        return OF_A_NODE.stream().anyMatch(known -> known.name().equals(option));
    }
}
