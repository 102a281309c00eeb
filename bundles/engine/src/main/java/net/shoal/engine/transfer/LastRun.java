package net.shoal.engine.transfer;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import net.shoal.api.node.StateFile;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.InfoHashes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transfers that the node had when it last stopped. What cannot be read stays on disk as it is, and is not written over. */
final class LastRun {
    private static final Logger LOG = LoggerFactory.getLogger(LastRun.class);

    private final Path state;
    /** The reason, by the name of the folder. */
    private final Map<String, String> leftOut = new ConcurrentSkipListMap<>();

    LastRun(Path state) {
        this.state = state;
    }

    /** One that was loaded. */
    record Saved(TransferFolder folder, TransferFolder.Resume resume, Optional<Metainfo> metainfo) {
        TransferFacts facts() {
            return resume.facts();
        }
    }

    /** In the order of the queue. Blocks. */
    List<Saved> load() {
        return folders().parallelStream()
                .map(this::load)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingLong((Saved saved) -> saved.facts().place)
                        .thenComparing(saved -> saved.facts().added))
                .toList();
    }

    private List<Path> folders() {
        var folders = new ArrayList<Path>();
        try {
            StateFile.makeFolder(state);
            try (var all = Files.newDirectoryStream(state, Files::isDirectory)) {
                all.forEach(folders::add);
            }
        } catch (ClosedByInterruptException e) {
            LOG.debug("The node stops while it starts", e);
        } catch (IOException e) {
            LOG.error("The transfers of the last run cannot be loaded: {}", e.toString());
        }
        return folders;
    }

    private Optional<Saved> load(Path path) {
        var folder = new TransferFolder(path);
        if (!folder.isKnown()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Saved(folder, folder.load(), folder.loadMetainfo()));
        } catch (IOException e) {
            LOG.warn("A transfer of the last run is left out: {}", e.getMessage());
            leftOut.put(String.valueOf(path.getFileName()), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** What could not be read, and why. */
    Map<String, String> leftOut() {
        return new TreeMap<>(leftOut);
    }

    /** @throws IllegalArgumentException if state of this content is there that cannot be read: it is not written over */
    void checkFree(InfoHashes hashes) {
        hashes.v1().ifPresent(v1 -> checkFree(v1.hex()));
        hashes.v2().ifPresent(v2 -> checkFree(v2.hex()));
    }

    private void checkFree(String hex) {
        var reason = leftOut.get(hex);
        if (reason != null && Files.exists(state.resolve(hex))) {
            throw new IllegalArgumentException("there is state of this transfer that is not written over: " + reason);
        }
    }
}
