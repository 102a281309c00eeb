package net.shoal.ui.rpc.qbittorrent;

import java.nio.ByteBuffer;
import java.util.Map;
import net.shoal.base.command.Json;

/** What a program is told. */
sealed interface Answer {
    /** Carried out; qBittorrent answers that with nothing. */
    Answer DONE = new Text("");

    record Text(String text) implements Answer {}

    record Data(String json) implements Answer {}

    /** A .torrent file. */
    record Torrent(ByteBuffer bytes) implements Answer {}

    static Answer of(Map<String, ?> object) {
        return new Data(Json.write(object));
    }

    static Answer of(Iterable<?> list) {
        return new Data(Json.writeList(list));
    }
}
