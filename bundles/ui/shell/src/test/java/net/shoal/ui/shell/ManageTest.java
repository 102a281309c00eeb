package net.shoal.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.NetworkScope;
import net.shoal.api.node.Home;
import net.shoal.api.node.Settings;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.StorageException.Trouble;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.TransferState;
import net.shoal.base.command.Reply;
import net.shoal.base.command.Request;
import net.shoal.base.metainfo.MagnetLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManageTest {
    private static final String A = "a".repeat(6);
    private static final String B = "b".repeat(6);

    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();
    private final FakeEngine.FakeTransfer photos = engine.transfer('a', "photos")
            .files("one.jpg", "raw/two.nef", "raw/three.nef", "old/four.jpg on disk new/4.jpg");
    private final List<Reply> replies = new ArrayList<>();
    /** Each time the node was to stop, what had been replied by then. */
    private final List<List<Reply>> stops = new ArrayList<>();

    private int run(String... args) throws InterruptedException {
        replies.clear();
        var services = new Services(
                new FakeHome(folder),
                new NoSettings(),
                new NoDoor(),
                new FakeNetwork(NetworkScope.LOOPBACK),
                engine,
                new NoLibrary(),
                new TransferNews(),
                new HealthChecks(),
                new PluginsNow(),
                link -> CompletableFuture.completedStage(
                        new AddRequest.Source.Magnet(MagnetLink.of(MagnetLink.parseInfoHash(link)))),
                new ConsoleNow(),
                () -> stops.add(List.copyOf(replies)));
        var request = new Request(List.of(args), folder.toString());
        return new Actions(services).execute(request, replies::add, new CompletableFuture<>());
    }

    private Map<String, Object> result(int index) {
        return replies.stream()
                .filter(Reply.Result.class::isInstance)
                .map(Reply::fields)
                .toList()
                .get(index);
    }

    private List<String> errors() {
        return replies.stream()
                .filter(Reply.Failure.class::isInstance)
                .map(Reply.Failure.class::cast)
                .map(failure -> failure.message() + "; " + failure.hint())
                .toList();
    }

    private String error() {
        assertThat(errors()).hasSize(1);
        return errors().get(0);
    }

    // ---- the node itself

    @Test
    void repliesBeforeItStops() throws Exception {
        assertThat(run("stop")).isZero();
        assertThat(stops).containsExactly(List.of(new Reply.Exit(0)));
        run("stop", "it");
        assertThat(stops).as("it was not asked in a way it understands").hasSize(1);
    }

    // ---- several at once

    @Test
    void pausesAllThatAreNamed() throws Exception {
        engine.transfer('b', "music");
        assertThat(run("pause", A, B, A)).isZero();
        assertThat(photos.changes).containsExactly(new TransferChange.Pause());
        assertThat(result(0)).containsEntry("state", "paused").containsEntry("why", "user");
        assertThat(result(1)).containsEntry("name", "music");
        assertThat(run("resume", "all")).isZero();
        assertThat(result(1)).containsEntry("state", "downloading");
    }

    @Test
    void touchesNoneWhereOneIsUnknown() throws Exception {
        assertThat(run("pause", A, "cccccc")).isEqualTo(1);
        assertThat(error()).isEqualTo("there is no transfer cccccc; `ls` shows those there are");
        assertThat(photos.changes).isEmpty();
    }

    @Test
    void oneThatRefusesDoesNotKeepTheOthersFromIt() throws Exception {
        var music = engine.transfer('b', "music");
        photos.refuses = Optional.of("there is nothing to check");
        assertThat(run("recheck", "all")).isEqualTo(1);
        assertThat(error()).startsWith("photos: there is nothing to check");
        assertThat(music.changes).containsExactly(new TransferChange.Recheck());
        music.refuses = Optional.of("neither here");
        assertThat(run("recheck", "all")).isEqualTo(1);
        assertThat(errors()).hasSize(2);
    }

    // ---- cancel

    @Test
    void cancellingKeepsWhatIsThereAndSaysHowToTakeItUpAgain() throws Exception {
        photos.path = Files.createDirectories(folder.resolve("it's/photos"));
        assertThat(run("cancel", A)).isZero();
        assertThat(engine.removed).containsExactly("photos");
        assertThat(result(0)).containsEntry("content", "kept");
        assertThat(result(0).get("undo"))
                .asString()
                .startsWith("get 'magnet:?xt=urn:btih:aaaa")
                .endsWith(" --to '" + folder + "/it'\\''s'");
    }

    @Test
    void cancellingWithItsDataSaysThatItIsGone() throws Exception {
        photos.path = Files.createDirectories(folder.resolve("photos"));
        assertThat(run("cancel", A, "--delete-data")).isZero();
        assertThat(engine.removed).containsExactly("photos with its data");
        assertThat(result(0)).containsEntry("content", "deleted");
    }

    @Test
    void whatIsSharedInPlaceIsNeverSaidToBeDeleted() throws Exception {
        photos.inPlace = true;
        assertThat(run("cancel", A, "--delete-data")).isZero();
        assertThat(result(0)).containsEntry("content", "shared").containsEntry("undo", "share /downloads/photos");
    }

    @Test
    void deletesOnlyWhatIsNamed() throws Exception {
        assertThat(run("cancel", "all", "--delete-data")).isEqualTo(2);
        assertThat(error()).startsWith("--delete-data wants each ID named");
        assertThat(engine.removed).isEmpty();
        assertThat(run("cancel", "all")).isZero();
        assertThat(engine.removed).containsExactly("photos");
        assertThat(result(0)).containsEntry("content", "none");
    }

    // ---- move and rename

    @Test
    void movesToAFolderMeantFromWhereTheUserIs() throws Exception {
        assertThat(run("move", A, "elsewhere")).isZero();
        assertThat(photos.changes).containsExactly(new TransferChange.Move(folder.resolve("elsewhere")));
        Files.writeString(folder.resolve("file"), "");
        assertThat(run("move", A, "file")).isEqualTo(1);
        assertThat(error()).contains("is not a folder; name the folder");
    }

    @Test
    void aMoveThatFailsSaysWhy() throws Exception {
        photos.state = new TransferState.Failed(Trouble.DISK_FULL, "the disk is full", "make room", Instant.EPOCH);
        assertThat(run("move", A, "elsewhere")).isEqualTo(1);
        assertThat(error()).isEqualTo("the disk is full; make room");
    }

    @ParameterizedTest
    @CsvSource({
        "one.jpg, first.jpg, one.jpg, first.jpg",
        "./one.jpg, first.jpg, one.jpg, first.jpg",
        "raw, negatives, raw, negatives",
        "raw/, negatives, raw, negatives",
        "raw/two.nef, 2.nef, raw/two.nef, 2.nef",
        "raw/two.nef, raw/2.nef, raw/two.nef, 2.nef",
        "photos, pictures, '', pictures",
        "., pictures, '', pictures",
        "new, newer, old, newer",
        "new/4.jpg, 5.jpg, old/four.jpg, 5.jpg",
        "old/four.jpg, 5.jpg, old/four.jpg, 5.jpg",
    })
    void renamesByTheNameInTheTorrentOrOnDisk(String old, String wanted, String path, String name) throws Exception {
        assertThat(run("rename", A, old, wanted)).isZero();
        assertThat(photos.changes).containsExactly(new TransferChange.Rename(path, name));
    }

    @Test
    void renamesNothingThatIsNotThereNorToElsewhere() throws Exception {
        assertThat(run("rename", A, "two.nef", "2.nef")).isEqualTo(1);
        assertThat(error()).isEqualTo("there is no 'two.nef' in photos; `show` lists its files; there is one.jpg");
        assertThat(run("rename", A, "one.jpg", "../one.jpg")).isEqualTo(1);
        assertThat(error()).contains("leads to another folder").contains("`move`");
        assertThat(run("rename", A, "raw/two.nef", "old/two.nef")).isEqualTo(1);
        photos.files = List.of();
        assertThat(run("rename", A, "one.jpg", "x")).isEqualTo(1);
        assertThat(error()).contains("not known yet");
        assertThat(photos.changes).isEmpty();
    }

    // ---- set

    @Test
    void setsSeveralThingsAtOnce() throws Exception {
        assertThat(run("set", A, "downLimit=1MiB", "sequential=on", "ratio=1.5", "idle=never", "queue=top"))
                .isZero();
        var limits = new TransferLimits(1 << 20, 0, 0, OptionalDouble.of(1.5), Optional.of(Duration.ZERO));
        assertThat(photos.changes)
                .containsExactlyInAnyOrder(
                        new TransferChange.Limit(limits),
                        new TransferChange.Sequential(true),
                        new TransferChange.Queue(TransferChange.Queue.Place.TOP));
        assertThat(result(0))
                .containsEntry("down_limit", 1L << 20)
                .containsEntry("ratio_limit", 1.5)
                .containsEntry("idle_limit", "never")
                .containsEntry("queue", 1);
    }

    @Test
    void aLimitLeavesTheOthers() throws Exception {
        run("set", A, "upLimit=10KiB", "maxPeers=7", "ratio=never");
        run("set", A, "downLimit=1MiB", "ratio=default");
        assertThat(photos.limits)
                .isEqualTo(new TransferLimits(1 << 20, 10 << 10, 7, OptionalDouble.empty(), Optional.empty()));
    }

    @Test
    void givesFilesPrioritiesByPatternTheLastOneWins() throws Exception {
        assertThat(run("set", A, "priority:*=skip", "priority:raw/**=low", "priority:two.nef=high"))
                .isZero();
        assertThat(photos.changes)
                .containsExactly(new TransferChange.Prioritise(
                        Map.of(0, FilePriority.SKIP, 1, FilePriority.HIGH, 2, FilePriority.LOW, 3, FilePriority.SKIP)));
    }

    @Test
    void setsNothingWhereOneThingIsWrong() throws Exception {
        assertThat(run("set", A, "sequential=on", "priority:*.mkv=high")).isEqualTo(1);
        assertThat(error()).isEqualTo("no file matches *.mkv; `show` lists its files; there is one.jpg");
        assertThat(run("set", A, "sequential=on", "sequential=off")).isEqualTo(2);
        assertThat(error()).startsWith("sequential is given twice");
        assertThat(run("set", A, "sequential=on", "peer=203.0.113.1:7")).isEqualTo(1);
        assertThat(error()).contains("beyond the network scope");
        assertThat(photos.changes).isEmpty();
    }

    @Test
    void addsSources() throws Exception {
        assertThat(run("set", A, "tracker=http://t.example/a?k=v", "webSeed=http://w.example/", "peer=127.0.0.1:7"))
                .isZero();
        assertThat(photos.changes).hasSize(3);
        assertThat(photos.changes.get(0)).hasToString("AddTrackers[trackers=[http://t.example/a?k=v]]");
    }

    // ---- get, of what is there already

    @Test
    void getGoesOnWithWhatWasPaused() throws Exception {
        photos.state = new TransferState.Paused(TransferState.Paused.Why.USER);
        photos.done = photos.wanted;
        assertThat(run("get", "a".repeat(40))).isZero();
        assertThat(photos.changes).containsExactly(new TransferChange.Resume());
        assertThat(result(0)).containsEntry("path", "/downloads/photos");
    }

    @Test
    void getLeavesAloneWhatIsWholeAndHasSeededEnough() throws Exception {
        photos.state = new TransferState.Paused(TransferState.Paused.Why.RATIO);
        photos.done = photos.wanted;
        assertThat(run("get", "a".repeat(40))).isZero();
        assertThat(photos.changes).isEmpty();
    }

    @Test
    void getSaysThatItWaitsForItsTurn() throws Exception {
        photos.state = new TransferState.Queued();
        photos.queuePosition = 4;
        assertThat(run("get", "a".repeat(40), "--timeout", "500ms")).isEqualTo(1);
        assertThat(replies)
                .filteredOn(Reply.Progress.class::isInstance)
                .last()
                .extracting(reply -> reply.fields().get("from"))
                .asString()
                .contains("place 5 in the queue");
    }

    @Test
    void getTriesAgainAndShowsTheTrouble() throws Exception {
        photos.state = new TransferState.Failed(Trouble.MISSING, "/media/usb is gone", "plug it in", Instant.EPOCH);
        photos.afterResume = Optional.of(
                new TransferState.Failed(Trouble.READ_ONLY, "/media/usb is read-only", "remount it", Instant.EPOCH));
        assertThat(run("get", "a".repeat(40))).isEqualTo(1);
        assertThat(photos.changes).containsExactly(new TransferChange.Resume());
        assertThat(error()).isEqualTo("/media/usb is read-only; remount it");
    }

    @Test
    void getEndsWhenTheTransferIsCancelled() throws Exception {
        engine.cancelWhenLookedAt = true;
        assertThat(run("get", "a".repeat(40))).isEqualTo(1);
        assertThat(error()).startsWith("photos was cancelled");
    }

    @Test
    void getTakesMoreOfWhatWasSkipped() throws Exception {
        photos.done = photos.wanted;
        photos.state = new TransferState.Seeding();
        photos.files = photos.files.stream()
                .map(file -> new net.shoal.api.transfer.TransferDetails.FileStatus(
                        file.index(), file.path(), file.onDisk(), 100, 0, FilePriority.SKIP))
                .toList();
        assertThat(run("get", "a".repeat(40), "--only", "*.nef", "--first-last"))
                .isZero();
        assertThat(photos.changes)
                .containsExactly(
                        new TransferChange.FirstAndLast(true),
                        new TransferChange.Prioritise(Map.of(1, FilePriority.NORMAL, 2, FilePriority.NORMAL)));
    }

    // ---- listings

    @Test
    void listsWhyAndWhere() throws Exception {
        photos.state = new TransferState.Queued();
        photos.queuePosition = 2;
        var music = engine.transfer('b', "music");
        music.state = new TransferState.Failed(Trouble.DISK_FULL, "the disk is full", "make room", Instant.EPOCH);
        run("ls");
        assertThat(result(0)).containsEntry("queue", 3);
        assertThat(result(1))
                .containsEntry("trouble", "disk-full")
                .containsEntry("reason", "the disk is full")
                .containsEntry("hint", "make room");
    }

    private record FakeHome(Path root) implements Home {
        @Override
        public Path state(String name) {
            return root.resolve(name);
        }

        @Override
        public boolean isTemporary() {
            return false;
        }
    }

    private static final class NoDoor implements FrontDoor {
        @Override
        public List<InetSocketAddress> addresses() {
            return List.of();
        }

        @Override
        public int port() {
            return 0;
        }
    }

    private static final class NoSettings implements Settings {
        @Override
        public List<Setting> list() {
            return List.of();
        }

        @Override
        public Optional<Setting> find(String key) {
            return Optional.empty();
        }

        @Override
        public void set(String key, Optional<String> value) {}

        @Override
        public List<Problem> problems() {
            return List.of();
        }
    }
}
