package net.shoal.engine.source;

import java.time.Instant;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.metainfo.Info;

/** A transfer of this node whose files others may have as well. */
final class Holder {
    private final Info info;
    private final Visibility visibility;
    private final Instant added;
    private final Lending lending;

    Holder(Info info, Visibility visibility, Instant added, Lending lending) {
        this.info = info;
        this.visibility = visibility;
        this.added = added;
        this.lending = lending;
    }

    /**
     * What is held for few never fills a swarm of more: that of a private torrent no other at all, since who may see one is not who may see
     * another, and beyond that it goes by visibility, wider to narrower.
     */
    boolean mayFill(Holder other) {
        return !info.isPrivate() && visibility.compareTo(other.visibility) <= 0;
    }

    /** An infohash, for addresses. */
    String id() {
        return info.hashes().primary().wire().hex();
    }

    String name() {
        return info.name();
    }

    Info info() {
        return info;
    }

    /** It came to the node earlier. */
    boolean isBefore(Holder other) {
        int order = added.compareTo(other.added);
        return order < 0 || (order == 0 && id().compareTo(other.id()) < 0);
    }

    Lending lending() {
        return lending;
    }
}
