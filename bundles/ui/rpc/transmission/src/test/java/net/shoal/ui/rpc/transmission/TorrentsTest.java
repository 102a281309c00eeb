package net.shoal.ui.rpc.transmission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorrentsTest {
    @TempDir
    Path folder;

    private FakeNode node;

    @BeforeEach
    void begin() {
        node = new FakeNode(folder);
        node.transfer('a', "first");
        node.transfer('b', "second");
    }

    private List<?> names(String ids) throws InterruptedException {
        var arguments = node.arguments("{'method':'torrent-get','arguments':{'fields':['id','name']" + ids + "}}");
        return ((List<?>) arguments.get("torrents"))
                .stream()
                        .map(each -> ((Map<?, ?>) each).get("id") + " " + ((Map<?, ?>) each).get("name"))
                        .toList();
    }

    @Test
    void allAreMeantWhereNobodySaysWhich() throws Exception {
        assertThat(names("")).isEqualTo(List.of("1 first", "2 second"));
        assertThat(names(",'ids':[]")).isEqualTo(List.of());
    }

    @Test
    void numbersStayAndAreNeverUsedAgain() throws Exception {
        assertThat(names("")).hasSize(2);
        node.transfers.remove(0);
        assertThat(names("")).isEqualTo(List.of("2 second"));
        node.transfer('c', "third");
        assertThat(names("")).isEqualTo(List.of("2 second", "3 third"));
    }

    @Test
    void oneIsNamedByItsNumberOrHashOrAListOfBoth() throws Exception {
        assertThat(names(",'ids':2")).isEqualTo(List.of("2 second"));
        assertThat(names(",'ids':'" + "B".repeat(40) + "'")).isEqualTo(List.of("2 second"));
        assertThat(names(",'ids':[2,'" + "a".repeat(40) + "',1,99,'nothing']"))
                .isEqualTo(List.of("2 second", "1 first"));
    }

    @Test
    void otherIdsAreRefusedInWords() throws Exception {
        assertThat(node.result("{'method':'torrent-stop','arguments':{'ids':[true]}}"))
                .contains("ids is a number, an infohash");
        assertThat(node.transfers.get(0).changes).isEmpty();
    }

    @Test
    void recentAreThoseThatChangedInTheLastMinuteAndThoseThatWent() throws Exception {
        assertThat(names(",'ids':'recently-active'")).hasSize(2);
        node.now += Torrents.RECENT_SECONDS + 1;
        assertThat(names(",'ids':'recently-active'")).isEmpty();
        node.transfers.get(1).done = 10;
        assertThat(names(",'ids':'recently-active'")).isEqualTo(List.of("2 second"));
        node.transfers.remove(0);
        var query = "{'method':'torrent-get','arguments':{'fields':['id'],'ids':'recently-active'}}";
        assertThat(node.arguments(query).get("removed")).isEqualTo(List.of(1L));
        node.now += Torrents.RECENT_SECONDS + 1;
        assertThat(node.arguments(query).get("removed")).isEqualTo(List.of());
    }
}
