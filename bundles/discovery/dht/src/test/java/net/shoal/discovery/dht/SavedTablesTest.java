package net.shoal.discovery.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.node.SavedNetwork;
import net.shoal.discovery.dht.table.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedTablesTest {
    @TempDir
    private Path folder;

    private final Random random = new Random(1);

    private List<SavedNetwork> networks() {
        var v4 = new SavedNetwork.SavedContact(Ids.random(random), Endpoint.v4(20 << 24 | 1, 6_881));
        var v6 = new SavedNetwork.SavedContact(Ids.random(random), new Endpoint(0x20010db8L << 32, 7, 1));
        return List.of(
                new SavedNetwork(Family.V4, Ids.random(random), List.of(v4)),
                new SavedNetwork(Family.V6, Ids.random(random), List.of(v6)));
    }

    @Test
    void whatIsWrittenIsRead() {
        var networks = networks();
        var tables = new SavedTables(folder);
        tables.write(networks);

        assertThat(tables.read()).isEqualTo(networks);
    }

    @Test
    void whatIsMissingOrBrokenIsAsIfThereWereNone() throws IOException {
        var tables = new SavedTables(folder);
        assertThat(tables.read()).isEmpty();

        var whole = SavedTables.encode(networks());
        for (int round = 0; round < 300; round++) {
            var bytes = whole.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            Files.write(folder.resolve("nodes"), java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)));

            assertThat(tables.read()).isEmpty();
        }
    }
}
