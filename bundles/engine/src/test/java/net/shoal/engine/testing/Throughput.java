package net.shoal.engine.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.base.metainfo.CreateOptions.Format;

/**
 * Measures one file from one engine to another over TCP on the loopback interface. Arguments: MiB, a folder (on tmpfs), v1, v2 or hybrid,
 * how many times. Not a test.
 */
public final class Throughput {
    private static final int MIB = 1 << 20;

    private Throughput() {}

    public static void main(String[] args) throws Exception {
        int size = Integer.parseInt(args[0]);
        var folder = Path.of(args[1]);
        var format = Format.valueOf(args[2].toUpperCase(java.util.Locale.ROOT));
        int times = Integer.parseInt(args[3]);
        var file = folder.resolve("in/file.bin");
        write(file, size);
        var metainfo = Samples.metainfo(file, format, MIB);
        for (int i = 0; i < times; i++) {
            var out = Files.createDirectories(folder.resolve("out" + i));
            try (var seeder = new TestEngine(folder.resolve("a" + i), RealFiles.storage());
                    var leecher = new TestEngine(folder.resolve("b" + i), RealFiles.storage())) {
                seeder.add(new Source.Torrent(metainfo), file.getParent(), Existing.TRUSTED);
                long cpu = cpu();
                long start = System.nanoTime();
                var transfer = leecher.add(
                        new Source.Torrent(metainfo), out, Existing.KEEP_VERIFIED, seeder.network.address());
                long first = 0;
                while (!transfer.status().state().word().equals("seeding")) {
                    TimeUnit.MILLISECONDS.sleep(1);
                    if (first == 0 && transfer.status().downloaded() > 0) {
                        first = System.nanoTime();
                    }
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        "%s: %.3f s, %.0f MiB/s, %.2f CPU-s a GiB%n",
                        format, seconds, size / seconds, (cpu() - cpu) / 1e9 / size * 1024);
            }
            if (Files.mismatch(file, out.resolve("file.bin")) != -1) {
                throw new IOException("what arrived differs");
            }
            Files.delete(out.resolve("file.bin"));
        }
    }

    private static void write(Path file, int size) throws IOException {
        Files.createDirectories(file.getParent());
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < size; i++) {
                out.write(Samples.random(MIB, i));
            }
        }
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
