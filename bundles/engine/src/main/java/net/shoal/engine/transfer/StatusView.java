package net.shoal.engine.transfer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.PieceStore;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferDetails.FileStatus;
import net.shoal.api.transfer.TransferOptions;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;
import net.shoal.engine.swarm.SwarmReport;

/** Transfers as others see them. */
final class StatusView {
    private StatusView() {}

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
                facts.existing != Existing.KEEP_VERIFIED,
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
            TransferStatus status, TransferOptions options, Optional<Metainfo> known, Optional<TransferRun> run) {
        var report = run.flatMap(TransferRun::report);
        var verified = report.filter(SwarmReport::hasContent).map(SwarmReport::verified);
        return new TransferDetails(
                status,
                options,
                known.map(metainfo -> metainfo.info().layout().pieceLength()).orElse(0),
                verified,
                known.map(metainfo -> files(
                                status,
                                metainfo,
                                run.flatMap(TransferRun::selection),
                                run.flatMap(TransferRun::store),
                                verified))
                        .orElse(List.of()),
                report.map(SwarmReport::peerStatus).orElse(List.of()),
                run.map(TransferRun::whereFrom).orElse(List.of()));
    }

    private static List<FileStatus> files(
            TransferStatus status,
            Metainfo metainfo,
            Optional<Selection> selection,
            Optional<PieceStore> store,
            Optional<Bitfield> verified) {
        var info = metainfo.info();
        var chosen = selection.orElseGet(() -> Selection.of(info, List.of(), List.of(), Map.of()));
        var all = new ArrayList<FileStatus>();
        for (int i = 0; i < info.files().size(); i++) {
            var file = info.files().get(i);
            if (file.isPad()) {
                continue;
            }
            int index = i;
            var path = Selection.path(file);
            Path onDisk = store.map(open -> open.pathOf(index))
                    .orElseGet(() ->
                            info.isSingleFile() ? status.path() : status.path().resolve(path));
            all.add(new FileStatus(
                    i,
                    path,
                    onDisk,
                    file.length(),
                    verified.map(pieces -> chosen.done(file, pieces)).orElse(0L),
                    chosen.priority(i)));
        }
        return all;
    }
}
