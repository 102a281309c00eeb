package net.shoal.ui.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import net.shoal.api.transfer.Obstacle;

/** An {@link Obstacle} member by member: its code and its figures. */
final class ObstacleRow {
    private ObstacleRow() {}

    static Map<String, Object> of(Obstacle obstacle) {
        var row = new LinkedHashMap<String, Object>();
        row.put("code", obstacle.code());
        if (obstacle instanceof Obstacle.RateLimit limit) {
            row.put("direction", limit.upload() ? "up" : "down");
            row.put("rate", limit.rate());
            row.put("by", limit.by().word());
        } else if (obstacle instanceof Obstacle.SlowDisk disk) {
            row.put("waiting", disk.waiting());
        } else if (obstacle instanceof Obstacle.Unreachable unreachable) {
            row.put("peers", unreachable.peers());
        } else if (obstacle instanceof Obstacle.NobodyAnswers nobody) {
            row.put("known_peers", nobody.known());
        } else if (obstacle instanceof Obstacle.NoMetadata unknown) {
            row.put("peers", unknown.peers());
        } else if (obstacle instanceof Obstacle.MissingPieces some) {
            row.put("pieces", some.pieces());
            row.put("missing", some.missing());
            row.put("availability", some.availability());
        } else if (obstacle instanceof Obstacle.NothingNew equals) {
            row.put("peers", equals.peers());
            row.put("missing", equals.missing());
            row.put("availability", equals.availability());
        } else if (obstacle instanceof Obstacle.Choked choked) {
            row.put("peers", choked.peers());
        } else if (obstacle instanceof Obstacle.SlowPeers slow) {
            row.put("peers", slow.peers());
            row.put("rate", slow.rate());
        } else {
            row.putAll(ofState(obstacle));
        }
        return row;
    }

    private static Map<String, Object> ofState(Obstacle obstacle) {
        if (obstacle instanceof Obstacle.Queued queued) {
            return Map.of("queue", queued.position() + 1);
        } else if (obstacle instanceof Obstacle.Paused paused) {
            return Map.of("why", paused.why().name().toLowerCase(java.util.Locale.ROOT));
        } else if (obstacle instanceof Obstacle.Failed failed) {
            return Map.of("trouble", failed.trouble().word());
        }
        return Map.of();
    }
}
