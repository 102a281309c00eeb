package net.shoal.base.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BencodeReader;
import org.junit.jupiter.api.Test;

class MetainfoWriterTest {
    @Test
    void whatWasWrittenReadsTheSame() throws Exception {
        for (var name : Golden.NAMES) {
            var metainfo = Golden.read(name);
            var again = new MetainfoReader().metainfo(ByteBuffer.wrap(MetainfoWriter.write(metainfo)));
            assertThat(again.info().raw()).as(name).isEqualTo(metainfo.info().raw());
            assertThat(again.trackers()).isEqualTo(metainfo.trackers());
            assertThat(again.webSeeds()).isEqualTo(metainfo.webSeeds());
            assertThat(again.pieceLayers()).isEqualTo(metainfo.pieceLayers());
            assertThat(again.comment()).isEqualTo(metainfo.comment());
            assertThat(again.createdBy()).isEqualTo(metainfo.createdBy());
            assertThat(again.created()).isEqualTo(metainfo.created());
        }
    }

    @Test
    void theFileIsCanonicalSaveForAnInfoDictionaryThatIsNot() throws Exception {
        var raw = "d4:name1:x12:piece lengthi16384e6:lengthi1e6:pieces20:aaaaaaaaaaaaaaaaaaaae";
        var info = new MetainfoReader().info(Torrents.latin1(raw));
        var written = ByteBuffer.wrap(MetainfoWriter.write(Metainfo.of(info)));
        assertThat(written).isEqualTo(Torrents.latin1("d4:info" + raw + "e"));
    }

    @Test
    void aSingleTrackerNeedsNoTiers() throws Exception {
        assertThat(written(List.of(List.of(URI.create("udp://a.example:1")))).get("announce-list"))
                .isEmpty();
        var tiers = List.of(List.of(URI.create("udp://a.example:1")), List.of(URI.create("udp://b.example:1")));
        assertThat(written(tiers).list("announce-list").orElseThrow().values()).hasSize(2);
        assertThat(written(tiers).text("announce")).contains("udp://a.example:1");
        assertThat(written(List.of()).get("announce")).isEmpty();
    }

    private static BDict written(List<List<URI>> trackers) throws Exception {
        var info = Golden.read("mktorrent-v1-single").info();
        var metainfo =
                new Metainfo(info, trackers, List.of(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
        return BencodeReader.CANONICAL.readDict(ByteBuffer.wrap(MetainfoWriter.write(metainfo)));
    }
}
