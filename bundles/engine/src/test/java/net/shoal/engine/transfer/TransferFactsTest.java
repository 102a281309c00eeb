package net.shoal.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.api.transfer.TransferState.Paused.Why;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.Sha1Hash;
import org.junit.jupiter.api.Test;

class TransferFactsTest {
    private static final InfoHashes HASHES =
            new InfoHashes(Optional.of(new InfoHash.V1(new Sha1Hash(1, 2, 3))), Optional.empty());

    private static TransferFacts read(BDict dict) throws Exception {
        return TransferFacts.of(
                BencodeReader.LENIENT.readDict(ByteBuffer.wrap(BencodeWriter.write(dict))), FileSystems.getDefault());
    }

    @Test
    void allThatIsSavedIsReadAgain() throws Exception {
        var facts = new TransferFacts(
                HASHES, new ContentLocation(Path.of("/new"), Optional.of("root"), Map.of(3, "a/b", 0, "c")));
        facts.name = "nämé";
        facts.added = Instant.ofEpochMilli(123);
        facts.leaving = List.of(
                ContentLocation.in(Path.of("/old")),
                new ContentLocation(Path.of("/older"), Optional.empty(), Map.of(1, "x")));
        facts.existing = Existing.MUST_VERIFY;
        facts.webSeeds = List.of(URI.create("http://127.0.0.1/x"));
        facts.peers = List.of(
                PeerAddress.ip(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 6881)),
                PeerAddress.ip(new InetSocketAddress(InetAddress.getByAddress(new byte[16]), 65535)));
        facts.trackers = List.of(List.of(URI.create("udp://127.0.0.1:1"), URI.create("http://127.0.0.1/")));
        facts.only = List.of("*.txt");
        facts.indices = List.of(1, 7);
        facts.priorities = Map.of(0, FilePriority.SKIP, 12, FilePriority.HIGH);
        facts.firstAndLast = true;
        facts.superSeed = true;
        facts.limits = new TransferLimits(1, 2, 3, OptionalDouble.of(1.5), Optional.of(Duration.ofMinutes(3)));
        facts.paused = Optional.of(Why.RATIO);
        facts.forced = true;
        facts.seedsOn = true;
        facts.recheck = true;
        facts.place = -5;
        facts.completed = Optional.of(Instant.ofEpochMilli(456));
        facts.downloaded = 1L << 40;
        facts.idle = Duration.ofSeconds(77);
        assertThat(read(facts.toDict())).usingRecursiveComparison().isEqualTo(facts);
    }

    /** As the first versions have written it. */
    @Test
    void theFirstFormatIsRead() throws Exception {
        var saved = "d5:addedi1000e9:directory4:/old10:downloadedi5e8:existing7:TRUSTED7:indiceslei1ee4:name1:n"
                + "4:onlyle6:pausedi1e10:sequentiali1e7:storage4:file8:trackersll14:http://a/b/c/dee8:uploadedi6e"
                + "2:v120:aaaaaaaaaaaaaaaaaaaa7:versioni1e10:visibility4:LINKe";
        saved = saved.replace("7:indiceslei1ee", "7:indicesli1ee");
        var facts = TransferFacts.of(
                BencodeReader.LENIENT.readDict(ByteBuffer.wrap(saved.getBytes(StandardCharsets.US_ASCII))),
                FileSystems.getDefault());
        assertThat(facts.location).isEqualTo(ContentLocation.in(Path.of("/old")));
        assertThat(facts.paused).contains(Why.USER);
        assertThat(facts.sequential).isTrue();
        assertThat(facts.indices).containsExactly(1);
        assertThat(facts.place).as("in the order they were added in").isEqualTo(1000);
        assertThat(facts.leaving).isEmpty();
        assertThat(facts.priorities).isEmpty();
        assertThat(facts.limits).isEqualTo(TransferLimits.NONE);
    }

    @Test
    void aNewerFormatIsRefusedInWords() {
        var newer = BDict.builder().put("version", FactsWriter.VERSION + 1).build();
        assertThatThrownBy(() -> read(newer)).hasMessageContaining("newer Shoal");
    }
}
