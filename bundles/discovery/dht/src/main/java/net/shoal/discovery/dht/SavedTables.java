package net.shoal.discovery.dht;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.shoal.api.node.StateFile;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.node.SavedNetwork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who the node was and whom it knew, in a file: bencode, nodes compact as on the wire (BEP 5, 32). What cannot be read is as if it were not there. */
final class SavedTables {
    private static final Logger LOG = LoggerFactory.getLogger(SavedTables.class);
    private static final int VERSION = 1;
    private static final long MAX_BYTES = 256 * 1024;

    private final Path file;

    SavedTables(Path folder) {
        this.file = folder.resolve("nodes");
    }

    List<SavedNetwork> read() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                LOG.warn("{} is longer than the DHT writes it, and left", file);
                return List.of();
            }
            return parse(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | BencodeException e) {
            LOG.warn("The nodes of the DHT that were known cannot be read from {}: {}", file, e.getMessage());
            return List.of();
        }
    }

    static List<SavedNetwork> parse(byte[] content) throws BencodeException {
        var dict = BencodeReader.LENIENT.readDict(ByteBuffer.wrap(content));
        if (dict.integer("version").orElse(0) != VERSION) {
            return List.of();
        }
        var networks = new ArrayList<SavedNetwork>();
        for (var family : Family.values()) {
            dict.dict(family.nodes).flatMap(each -> network(family, each)).ifPresent(networks::add);
        }
        return networks;
    }

    private static Optional<SavedNetwork> network(Family family, BDict dict) {
        return dict.string("id").filter(id -> id.length() == Sha1Hash.LENGTH).map(id -> {
            var contacts = new ArrayList<SavedNetwork.SavedContact>();
            var nodes = dict.string("nodes").orElse(BString.of("")).buffer();
            while (nodes.remaining() >= Sha1Hash.LENGTH + family.endpointLength()) {
                var node = Sha1Hash.read(nodes);
                contacts.add(new SavedNetwork.SavedContact(node, Endpoint.read(nodes, family)));
            }
            return new SavedNetwork(family, Sha1Hash.read(id.buffer()), contacts);
        });
    }

    void write(List<SavedNetwork> networks) {
        try {
            StateFile.replaceForThisBoot(file, encode(networks));
        } catch (IOException e) {
            LOG.warn("The nodes of the DHT cannot be written to {}: {}", file, e.getMessage());
        }
    }

    static byte[] encode(List<SavedNetwork> networks) {
        var dict = BDict.builder().put("version", VERSION);
        for (var network : networks) {
            int each = Sha1Hash.LENGTH + network.family().endpointLength();
            var nodes = ByteBuffer.allocate(network.contacts().size() * each);
            for (var contact : network.contacts()) {
                contact.id().write(nodes);
                contact.endpoint().write(nodes);
            }
            dict.put(
                    network.family().nodes,
                    BDict.builder()
                            .put("id", BString.of(network.id().toBytes()))
                            .put("nodes", BString.of(nodes.array()))
                            .build());
        }
        return BencodeWriter.write(dict.build());
    }
}
