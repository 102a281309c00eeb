package net.shoal.ui.rpc.transmission;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.shoal.api.node.StateFile;
import net.shoal.api.transfer.Transfer;
import net.shoal.base.command.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Labels, which programs put on transfers to know their own: kept in a file, by infohash, as long as there is such a transfer. Safe for use
 * from any thread.
 */
final class Labels {
    private static final Logger LOG = LoggerFactory.getLogger(Labels.class);
    private static final int MOST = 100;
    private static final int LONGEST = 200;

    private final Path file;
    private final Map<String, List<String>> all = new LinkedHashMap<>();

    /** What cannot be read is forgotten, and said so in the log. */
    Labels(Path file) {
        this.file = file;
        try {
            if (Files.exists(file)) {
                Json.readObject(Files.readString(file)).forEach(this::load);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("The labels of transfers in {} cannot be read, and are forgotten: {}", file, e.getMessage());
        }
    }

    private void load(String hash, Object labels) {
        if (labels instanceof List<?> list) {
            all.put(hash, list.stream().map(String::valueOf).toList());
        }
    }

    synchronized List<String> of(String hash) {
        return all.getOrDefault(hash, List.of());
    }

    static void check(List<String> labels) throws RpcException {
        if (labels.size() > MOST
                || labels.stream()
                        .anyMatch(label -> label.isBlank() || label.length() > LONGEST || label.indexOf(',') >= 0)) {
            throw new RpcException(
                    "labels are at most " + MOST + " texts of 1 to " + LONGEST + " characters each, without commas");
        }
    }

    /** In place of those there were. */
    synchronized void put(String hash, List<String> labels) throws RpcException {
        check(labels);
        var before = labels.isEmpty()
                ? all.remove(hash)
                : all.put(hash, labels.stream().distinct().toList());
        if (!of(hash).equals(before == null ? List.of() : before)) {
            save();
        }
    }

    /** Forgets those of all others, which are gone. */
    synchronized void keep(List<Transfer> there) throws RpcException {
        var hashes = there.stream().map(transfer -> transfer.hashes().hex()).collect(Collectors.toSet());
        if (all.keySet().retainAll(hashes)) {
            save();
        }
    }

    private void save() throws RpcException {
        try {
            StateFile.replace(file, Json.write(all).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new RpcException("the labels cannot be saved to " + file + ": " + e.getMessage());
        }
    }
}
