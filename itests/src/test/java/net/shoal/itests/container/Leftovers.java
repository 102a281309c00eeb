package net.shoal.itests.container;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What this JVM holds that a bundle may leave behind.
 *
 * @param threads how many of each name, without the numbers in them
 * @param files descriptors by what they are open on; sockets, and so ports, are among them
 * @param directBytes in direct buffers, in what is pooled and what is not
 */
record Leftovers(Map<String, Long> threads, Map<String, Long> files, long directBytes) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    /** Caches of the allocator grow and shrink with what happens to be under way. */
    private static final long DIRECT_LEEWAY = 24 << 20;

    /** Their owners end them when idle, or the JVM makes them as it likes. */
    private static final String PASSING =
            "(FelixResolver|awaitility|ForkJoinPool|Common-Cleaner|process reaper|Attach|junit|reaper of|C[12] ).*";

    static Leftovers now() {
        return new Leftovers(threadsByName(), filesByTarget(), directBytesInUse());
    }

    /** What there is more of than before, in words; nothing if nothing is. */
    String beyond(Leftovers before) {
        var more = new StringBuilder();
        threads.forEach((name, count) -> compare(more, "thread", name, count, before.threads));
        files.forEach((name, count) -> compare(more, "file", name, count, before.files));
        if (directBytes > before.directBytes + DIRECT_LEEWAY) {
            more.append("direct buffers ")
                    .append(before.directBytes)
                    .append(" -> ")
                    .append(directBytes);
        }
        return more.toString();
    }

    private static void compare(StringBuilder more, String kind, String name, long count, Map<String, Long> before) {
        long had = before.getOrDefault(name, 0L);
        if (count > had) {
            more.append(kind)
                    .append(' ')
                    .append(name)
                    .append(": ")
                    .append(had)
                    .append(" -> ")
                    .append(count)
                    .append('\n');
        }
    }

    private static Map<String, Long> threadsByName() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName().replaceAll("[0-9]+", "#"))
                .filter(name -> !name.matches(PASSING))
                .collect(groupingBy(name -> name, TreeMap::new, counting()));
    }

    private static Map<String, Long> filesByTarget() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return Map.of();
        }
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.map(Leftovers::target).collect(groupingBy(name -> name, TreeMap::new, counting()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().replaceAll("\\[[0-9]+]|[0-9]+", "#");
        } catch (NoSuchFileException e) {
            return "closed meanwhile";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long directBytesInUse() {
        long pooled = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
        long plain = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return pooled + plain;
    }
}
