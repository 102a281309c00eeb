package net.shoal.ui.rpc.qbittorrent;

import java.util.List;
import net.shoal.api.transfer.Transfer;

/** {@code transfer/}: all of them together, and the limits that they share. */
final class TransferActions {
    private final Torrents torrents;
    private final NodeSettings settings;

    TransferActions(Torrents torrents, NodeSettings settings) {
        this.torrents = torrents;
        this.settings = settings;
    }

    List<Action> actions() {
        return List.of(
                Action.read("transfer/info", call -> info()),
                Action.read("transfer/downloadLimit", call -> limit("downLimit")),
                Action.read("transfer/uploadLimit", call -> limit("upLimit")),
                Action.change("transfer/setDownloadLimit", call -> limit(call, "downLimit")),
                Action.change("transfer/setUploadLimit", call -> limit(call, "upLimit")),
                Action.read("transfer/speedLimitsMode", call -> new Answer.Text("0")),
                Action.change("transfer/setSpeedLimitsMode", TransferActions::setMode),
                Action.change("transfer/toggleSpeedLimitsMode", call -> {
                    throw noOtherLimits();
                }));
    }

    private Answer info() {
        var all = torrents.all().stream().map(Transfer::status).toList();
        return Answer.of(Traffic.of(all, settings));
    }

    private Answer limit(String name) {
        return new Answer.Text(Long.toString(settings.whole(name)));
    }

    private Answer limit(Call call, String name) throws ApiException {
        call.needed("limit");
        settings.engine(
                name, Long.toString(ShareLimits.ourRate(call.whole("limit").orElse(0))));
        return Answer.DONE;
    }

    private static Answer setMode(Call call) throws ApiException {
        call.needed("mode");
        if (call.whole("mode").orElse(0) != 0) {
            throw noOtherLimits();
        }
        return Answer.DONE;
    }

    private static ApiException noOtherLimits() {
        return ApiException.conflict(
                "Shoal has no other limits to switch to by hand, but limits of the night: net.shoal.engine:nightFrom");
    }
}
