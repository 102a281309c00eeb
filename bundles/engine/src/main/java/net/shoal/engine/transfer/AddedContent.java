package net.shoal.engine.transfer;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.AddRequest.Begin;
import net.shoal.api.transfer.TransferState.Paused.Why;
import net.shoal.base.metainfo.MagnetLink;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.InfoHashes;

/**
 * What a request to add names, whichever way it does.
 *
 * @param indices of the files that a link asks for (BEP 53)
 */
record AddedContent(
        InfoHashes hashes,
        String name,
        Optional<Metainfo> metainfo,
        List<List<URI>> trackers,
        List<URI> webSeeds,
        List<MagnetLink.HostPort> peers,
        List<Integer> indices) {
    static AddedContent of(AddRequest request) {
        return request.source() instanceof AddRequest.Source.Torrent torrent
                ? of(torrent.metainfo())
                : of(((AddRequest.Source.Magnet) request.source()).link());
    }

    private static AddedContent of(Metainfo metainfo) {
        var info = metainfo.info();
        return new AddedContent(
                info.hashes(),
                info.name(),
                Optional.of(metainfo),
                metainfo.trackers(),
                metainfo.webSeeds(),
                List.of(),
                List.of());
    }

    private static AddedContent of(MagnetLink link) {
        // each of its trackers is a tier: the link does not tell which belong together
        return new AddedContent(
                link.hashes(),
                link.name().orElse(link.hashes().hex()),
                Optional.empty(),
                link.trackers().stream().map(List::of).toList(),
                link.webSeeds(),
                link.peers(),
                link.selectOnly());
    }

    /** @param storage of requests that name none: content stays in it, whatever the default becomes */
    TransferFacts facts(AddRequest request, String storage, Instant now) {
        var facts = new TransferFacts(hashes, request.location());
        facts.name = name;
        facts.existing = request.existing();
        facts.visibility = request.visibility();
        facts.only = request.only();
        facts.indices = indices;
        facts.sequential = request.sequential();
        facts.storage = Optional.of(request.storage().orElse(storage));
        facts.trackers = trackers;
        facts.webSeeds = TransferChanges.webSeeds(List.of(), webSeeds);
        facts.looks = request.begin() == Begin.AFTER_A_LOOK && metainfo.isEmpty();
        facts.paused = paused(request.begin());
        facts.added = now;
        return facts;
    }

    private Optional<Why> paused(Begin begin) {
        return switch (begin) {
            case NOW -> Optional.empty();
            case WHEN_RESUMED -> Optional.of(Why.USER);
            case AFTER_A_LOOK -> metainfo.map(known -> Why.CHOICE);
        };
    }
}
