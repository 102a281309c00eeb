package net.shoal.engine.transfer;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.TransferState.Paused.Why;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.PeerAddress;

/**
 * What a user makes of a transfer. Each change is taken down in the facts first, and then put in force where the transfer is at work: the
 * others find it in the facts when they begin. On the transfer's loop.
 */
final class TransferChanges {
    private static final int MAX_WEB_SEEDS = 100;
    private static final Set<String> WEB = Set.of("http", "https");
    private static final CompletionStage<Void> IN_FORCE = CompletableFuture.completedStage(null);

    private final TransferFacts facts;
    private final Subject subject;
    private final Map<Class<? extends TransferChange>, Function<TransferChange, CompletionStage<Void>>> actions =
            new HashMap<>();

    /** Whoever goes by the facts. */
    interface Subject {
        Optional<Info> info();

        /** If it is at work. */
        void running(Consumer<TransferRun> call);

        /** What was last known to be there. */
        Optional<VerifiedPieces> saved();

        TransferCourse course();

        void addPeers(List<PeerAddress> peers);

        void save();
    }

    TransferChanges(TransferFacts facts, Subject subject, Relocating relocating) {
        this.facts = facts;
        this.subject = subject;
        on(TransferChange.Together.class, change -> change.changes().forEach(this::carryOutChecked));
        on(TransferChange.Pause.class, change -> pause(Why.USER));
        on(TransferChange.Resume.class, change -> resume());
        on(TransferChange.Recheck.class, change -> recheck());
        on(TransferChange.Force.class, change -> force(change.forced()));
        on(TransferChange.Queue.class, change -> queue(change.place()));
        on(TransferChange.AddPeers.class, change -> subject.addPeers(change.peers()));
        on(TransferChange.AddTrackers.class, change -> addTrackers(List.of(change.trackers())));
        on(TransferChange.AddWebSeeds.class, change -> mergeWebSeeds(change.urls()));
        on(TransferChange.Prioritise.class, change -> prioritise(change.files()));
        on(TransferChange.Sequential.class, change -> sequential(change.sequential()));
        on(TransferChange.FirstAndLast.class, change -> firstAndLast(change.firstAndLast()));
        on(TransferChange.SuperSeed.class, change -> superSeed(change.superSeed()));
        on(TransferChange.Limit.class, change -> limit(change.limits()));
        later(TransferChange.Move.class, change -> relocating.move(subject.info(), change.directory()));
        later(TransferChange.Rename.class, change -> relocating.rename(subject.info(), change.path(), change.name()));
    }

    private <C extends TransferChange> void on(Class<C> kind, Consumer<C> action) {
        later(kind, change -> {
            action.accept(change);
            return IN_FORCE;
        });
    }

    /** In force when the stage is done. */
    private <C extends TransferChange> void later(Class<C> kind, Function<C, CompletionStage<Void>> action) {
        actions.put(kind, change -> action.apply(kind.cast(change)));
    }

    /**
     * Does as a user says.
     *
     * @throws IllegalArgumentException with a sentence, if it cannot be done; then nothing has changed
     */
    CompletionStage<Void> carryOut(TransferChange change) {
        check(change);
        return carryOutChecked(change);
    }

    private CompletionStage<Void> carryOutChecked(TransferChange change) {
        return Objects.requireNonNull(actions.get(change.getClass())).apply(change);
    }

    /** Finds what speaks against it before anything is done; a place on disk is looked at on the way there. */
    private void check(TransferChange change) {
        if (!actions.containsKey(change.getClass())) {
            throw new IllegalArgumentException("this node does not know of " + change);
        }
        if (change instanceof TransferChange.Together several) {
            several.changes().forEach(this::checkPart);
        } else if (change instanceof TransferChange.Recheck && subject.info().isEmpty()) {
            throw new IllegalArgumentException("there is nothing to check before the info dictionary has come");
        } else if (change instanceof TransferChange.AddPeers
                && subject.info().filter(Info::isPrivate).isPresent()) {
            throw new IllegalArgumentException(
                    "this torrent is private: its peers come from its trackers alone; add one of those instead");
        } else if (change instanceof TransferChange.AddWebSeeds seeds) {
            seeds.urls().forEach(TransferChanges::checkWebSeed);
        } else if (change instanceof TransferChange.Prioritise some) {
            checkFiles(info(), some.files().keySet());
        }
    }

    private void checkPart(TransferChange change) {
        if (change instanceof TransferChange.Move || change instanceof TransferChange.Rename) {
            throw new IllegalArgumentException("to be moved or renamed takes its time; ask for that alone");
        }
        check(change);
    }

    private static void checkWebSeed(URI url) {
        if (!isWeb(url)) {
            throw new IllegalArgumentException(url + " is no web seed: it has to begin with http:// or https://");
        }
    }

    private static void checkFiles(Info info, Set<Integer> files) {
        for (int file : files) {
            if (file < 0
                    || file >= info.files().size()
                    || info.files().get(file).isPad()) {
                throw new IllegalArgumentException(
                        "there is no file " + file + "; files have the numbers that details of the transfer show");
            }
        }
    }

    private Info info() {
        return subject.info()
                .orElseThrow(() ->
                        new IllegalArgumentException("its files are not known before the info dictionary has come"));
    }

    // ---- whether it is at work

    /** Breaks off a check, too; it is made up for when it is at work again. */
    void pause(Why why) {
        facts.paused = Optional.of(why);
        subject.course().checked();
        subject.save();
        subject.course().proceed();
    }

    /** What has seeded enough and is told to go on does so until it is given other limits. */
    private void resume() {
        if (facts.paused.isPresent()) {
            facts.seedsOn |= facts.paused.get() == Why.RATIO || facts.paused.get() == Why.IDLE;
            facts.paused = Optional.empty();
            subject.save();
            subject.course().proceed();
        } else {
            // what failed tries again without waiting
            subject.course().now(Activity.class).ifPresent(Activity::retryNow);
        }
    }

    /** Also of what is paused or queued, which then is so again. */
    private void recheck() {
        if (facts.existing == Existing.TRUSTED) {
            facts.existing = Existing.MUST_VERIFY;
        }
        facts.recheck = true;
        subject.save();
        subject.course().check();
    }

    private void force(boolean forced) {
        facts.forced = forced;
        subject.save();
        subject.course().proceed();
    }

    private void queue(TransferChange.Queue.Place place) {
        subject.course().ticket().move(place);
        subject.save();
    }

    // ---- who is asked

    void addTrackers(List<List<URI>> tiers) {
        var present = facts.trackers.stream().flatMap(List::stream).toList();
        var all = new ArrayList<>(facts.trackers);
        for (var tier : tiers) {
            var fresh = tier.stream().filter(uri -> !present.contains(uri)).toList();
            if (!fresh.isEmpty()) {
                all.add(fresh);
            }
        }
        if (all.size() > facts.trackers.size()) {
            facts.trackers = List.copyOf(all);
            subject.save();
            subject.running(TransferRun::discover);
        }
    }

    /** Of a link or metainfo: what is of no use is left out. */
    void mergeWebSeeds(List<URI> urls) {
        var all = webSeeds(facts.webSeeds, urls);
        if (all.size() > facts.webSeeds.size()) {
            facts.webSeeds = all;
            subject.save();
            subject.running(TransferRun::webSeedsChanged);
        }
    }

    /** Those there are and those that came, each once. */
    static List<URI> webSeeds(List<URI> before, List<URI> more) {
        var all = new ArrayList<>(before);
        more.stream().filter(url -> isWeb(url) && !all.contains(url)).forEach(all::add);
        return List.copyOf(all.subList(0, Math.min(all.size(), Math.max(before.size(), MAX_WEB_SEEDS))));
    }

    private static boolean isWeb(URI url) {
        return WEB.contains(Objects.toString(url.getScheme(), "").toLowerCase(Locale.ROOT)) && url.getHost() != null;
    }

    // ---- what is wanted

    private void prioritise(Map<Integer, FilePriority> files) {
        var info = info();
        var all = new HashMap<>(facts.priorities);
        all.putAll(files);
        facts.priorities = Map.copyOf(all);
        // a run finds out by itself
        boolean lacks = subject.course().now(TransferRun.class).isEmpty()
                && subject.saved()
                        .flatMap(pieces -> pieces.field(info.layout().pieceCount()))
                        .filter(verified -> facts.selection(info).left(verified) > 0)
                        .isPresent();
        if (lacks) {
            facts.completed = Optional.empty();
        }
        subject.save();
        subject.running(TransferRun::prioritise);
        subject.course().proceed();
    }

    private void sequential(boolean sequential) {
        facts.sequential = sequential;
        subject.save();
        subject.running(TransferRun::order);
    }

    private void firstAndLast(boolean firstAndLast) {
        facts.firstAndLast = firstAndLast;
        subject.save();
        subject.running(TransferRun::order);
    }

    private void superSeed(boolean superSeed) {
        facts.superSeed = superSeed;
        subject.save();
        subject.running(TransferRun::superSeed);
    }

    private void limit(TransferLimits limits) {
        facts.limits = limits;
        facts.seedsOn = false;
        facts.idle = Duration.ZERO;
        subject.save();
        subject.running(TransferRun::limit);
    }
}
