package net.shoal.ui.shell;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.shoal.api.library.Share;
import net.shoal.api.library.ShareLibrary;
import net.shoal.api.library.ShareRequest;
import net.shoal.api.transfer.Transfer;
import net.shoal.base.metainfo.MagnetLink;

/** Nothing is shared, and nothing gets so. */
final class NoLibrary implements ShareLibrary {
    @Override
    public CompletionStage<Share> share(ShareRequest request, HashProgress progress) {
        return new CompletableFuture<>();
    }

    @Override
    public List<Share> shares() {
        return List.of();
    }

    @Override
    public CompletionStage<Void> unshare(Share share) {
        return new CompletableFuture<>();
    }

    @Override
    public MagnetLink link(Transfer transfer) {
        return MagnetLink.of(transfer.hashes());
    }
}
