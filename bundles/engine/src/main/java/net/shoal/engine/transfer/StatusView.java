package net.shoal.engine.transfer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.Obstacle;
import net.shoal.api.transfer.PieceStore;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferDetails.FileStatus;
import net.shoal.api.transfer.TransferOptions;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;
import net.shoal.engine.swarm.SwarmReport;

/** Transfers as others see them. */
final class StatusView {
    private StatusView() {}

    /** What is seen of what is to be done, until more is known. */
    static TransferState first(TransferCourse.Goal goal, TransferFacts facts, boolean hasFiles) {
        return switch (goal) {
            case MOVE -> new TransferState.Moving(0);
            case QUEUED -> new TransferState.Queued();
            case PAUSED -> new TransferState.Paused(facts.paused.orElse(TransferState.Paused.Why.USER));
            case CHECK, RUN, GONE -> hasFiles ? new TransferState.Checking(0) : new TransferState.FetchingMetadata();
        };
    }

    static TransferStatus of(
            TransferFacts facts,
            Optional<Metainfo> known,
            Optional<Selection> selection,
            TransferState state,
            Optional<VerifiedPieces> verified,
            Optional<SwarmReport> report) {
        long total = known.map(metainfo -> metainfo.info().contentLength()).orElse(0L);
        long wanted = selection.map(Selection::bytes).orElse(total);
        long done = done(facts, known, selection, wanted, verified, report);
        long downRate = report.map(SwarmReport::downRate).orElse(0L);
        return new TransferStatus(
                facts.hashes,
                facts.name,
                state,
                total,
                wanted,
                done,
                downRate,
                report.map(SwarmReport::upRate).orElse(0L),
                facts.downloaded + report.map(SwarmReport::downloaded).orElse(0L),
                facts.uploaded + report.map(SwarmReport::uploaded).orElse(0L),
                report.map(SwarmReport::peers).orElse(0),
                report.map(SwarmReport::seeds).orElse(0),
                report.map(SwarmReport::known).orElse(0),
                downRate > 0 && done < wanted
                        ? OptionalLong.of((wanted - done + downRate - 1) / downRate)
                        : OptionalLong.empty(),
                facts.location.root(facts.name),
                facts.visibility,
                facts.isSharedInPlace(),
                facts.added,
                facts.completed);
    }

    private static long done(
            TransferFacts facts,
            Optional<Metainfo> known,
            Optional<Selection> selection,
            long wanted,
            Optional<VerifiedPieces> verified,
            Optional<SwarmReport> report) {
        var running = report.filter(SwarmReport::hasContent);
        if (running.isPresent()) {
            return running.get().isFinished()
                    ? wanted
                    : Math.max(0, Math.min(wanted, wanted - running.get().left()));
        }
        if (facts.completed.isPresent() || known.isEmpty() || selection.isEmpty()) {
            return facts.completed.isPresent() ? wanted : 0;
        }
        int pieces = known.get().info().layout().pieceCount();
        return verified.flatMap(saved -> saved.field(pieces))
                .map(field -> Math.max(0, wanted - selection.get().left(field)))
                .orElse(0L);
    }

    static TransferDetails details(
            TransferStatus status,
            TransferOptions options,
            TransferFacts facts,
            Optional<Metainfo> known,
            Optional<Selection> selection,
            Optional<VerifiedPieces> saved,
            Optional<TransferRun> run) {
        var report = run.flatMap(TransferRun::report);
        var info = known.map(Metainfo::info);
        var verified = report.filter(SwarmReport::hasContent)
                .map(SwarmReport::verified)
                .or(() -> info.flatMap(there ->
                        saved.flatMap(pieces -> pieces.field(there.layout().pieceCount()))));
        return new TransferDetails(
                status,
                options,
                info.map(there -> there.layout().pieceLength()).orElse(0),
                verified,
                info.map(there -> files(there, facts.location, selection, run.flatMap(TransferRun::store), verified))
                        .orElse(List.of()),
                report.map(SwarmReport::peerStatus).orElse(List.of()),
                run.map(TransferRun::whereFrom).orElse(List.of()),
                obstacles(status.state(), options, report));
    }

    private static List<Obstacle> obstacles(
            TransferState state, TransferOptions options, Optional<SwarmReport> report) {
        if (state instanceof TransferState.Paused paused) {
            return List.of(new Obstacle.Paused(paused.why()));
        }
        if (state instanceof TransferState.Queued) {
            return List.of(new Obstacle.Queued(options.queuePosition()));
        }
        if (state instanceof TransferState.Failed failed) {
            return List.of(new Obstacle.Failed(failed.trouble(), failed.reason(), failed.hint()));
        }
        boolean isMoving = state instanceof TransferState.Moving;
        return report.filter(running -> !isMoving).map(SwarmReport::obstacles).orElse(List.of());
    }

    private static List<FileStatus> files(
            Info info,
            ContentLocation location,
            Optional<Selection> selection,
            Optional<PieceStore> store,
            Optional<Bitfield> verified) {
        var chosen = selection.orElseGet(() -> Selection.of(info, List.of(), List.of(), Map.of()));
        var all = new ArrayList<FileStatus>();
        for (int i = 0; i < info.files().size(); i++) {
            var file = info.files().get(i);
            if (file.isPad()) {
                continue;
            }
            int index = i;
            all.add(new FileStatus(
                    i,
                    Selection.path(file),
                    store.map(open -> open.pathOf(index)).orElseGet(() -> path(info, location, index)),
                    file.length(),
                    verified.map(pieces -> chosen.done(file, pieces)).orElse(0L),
                    chosen.priority(i)));
        }
        return all;
    }

    /** Where storage would put it if it had no say in names. */
    private static Path path(Info info, ContentLocation location, int file) {
        var root = location.root(info.name());
        var inTorrent = Selection.path(info.files().get(file));
        return info.isSingleFile() ? root : root.resolve(location.renamed().getOrDefault(file, inTorrent));
    }
}
