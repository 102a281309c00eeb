package net.shoal.ui.rpc.qbittorrent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.AddRequest.Begin;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.Visibility;

/**
 * What a form of {@code torrents/add} wants to be done with what it adds. What qBittorrent knows and Shoal has no counterpart of (how files are
 * laid out, folders for what is not complete, not to check what is there) is passed over: the content lies as the torrent has it.
 *
 * @param begin whether it is to begin, after what is to be changed was
 */
record NewTorrent(Path savePath, Label label, Begin begin, boolean sequential, List<TransferChange> changes) {
    private static final String ONCE_KNOWN = "MetadataReceived";

    static NewTorrent of(Call call, Labels labels, NodeSettings settings) throws ApiException {
        var category = call.text("category").orElse("");
        var label = Label.NONE
                .inCategory(category)
                .tagged(call.items("tags", ","))
                .named(call.word("rename").orElse(""));
        long minutes = call.whole("seedingTimeLimit").orElse(ShareLimits.FOR_ALL);
        return new NewTorrent(
                savePath(call, category, labels, settings),
                label.seeding(Math.max(ShareLimits.FOR_ALL, minutes), 0),
                begin(call),
                call.isSet("sequentialDownload"),
                changes(call));
    }

    /** The form's, else the category's, else that of all downloads. */
    private static Path savePath(Call call, String category, Labels labels, NodeSettings settings) throws ApiException {
        var path = call.word("savepath")
                .or(() -> Optional.ofNullable(labels.book().categories().get(category))
                        .filter(own -> !own.isBlank()));
        return path.isEmpty() ? settings.downloads() : TorrentChanges.folder(path.get(), settings);
    }

    /** From version 5 on what was paused is called stopped. */
    private static Begin begin(Call call) {
        boolean waits = call.isSet("paused") || call.isSet("stopped");
        if (waits) {
            return Begin.WHEN_RESUMED;
        }
        return call.text("stopCondition").filter(ONCE_KNOWN::equals).isPresent() ? Begin.AFTER_A_LOOK : Begin.NOW;
    }

    private static List<TransferChange> changes(Call call) throws ApiException {
        var changes = new ArrayList<TransferChange>();
        var ratio = call.decimal("ratioLimit");
        var idle = call.whole("inactiveSeedingTimeLimit");
        var limits = new TransferLimits(
                ShareLimits.ourRate(call.whole("dlLimit").orElse(0)),
                ShareLimits.ourRate(call.whole("upLimit").orElse(0)),
                0,
                ratio.isPresent() ? ShareLimits.ratio(ratio.getAsDouble()) : OptionalDouble.empty(),
                idle.isPresent() ? ShareLimits.idle(idle.getAsLong()) : Optional.empty());
        if (!limits.equals(TransferLimits.NONE)) {
            changes.add(new TransferChange.Limit(limits));
        }
        if (call.isSet("firstLastPiecePrio")) {
            changes.add(new TransferChange.FirstAndLast(true));
        }
        if (call.isSet("addToTopOfQueue")) {
            changes.add(new TransferChange.Queue(TransferChange.Queue.Place.TOP));
        }
        return changes;
    }

    /** It does not begin before what is to be changed was. */
    AddRequest request(AddRequest.Source source) {
        return new AddRequest(
                source,
                ContentLocation.in(savePath),
                AddRequest.Existing.KEEP_VERIFIED,
                Visibility.LINK,
                List.of(),
                sequential,
                List.of(),
                Optional.empty(),
                beginsLater() ? Begin.WHEN_RESUMED : begin);
    }

    boolean beginsLater() {
        return begin == Begin.NOW && !changes.isEmpty();
    }
}
