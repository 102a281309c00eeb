package net.shoal.ui.rest;

import java.lang.management.ManagementFactory;
import java.util.Map;
import net.shoal.api.node.Descriptors;

/** Figures in the text format of Prometheus (0.0.4). No names of content: those are nobody's who looks at graphs. */
final class Metrics {
    private static final double MILLIS = 1_000;

    private final StringBuilder out = new StringBuilder();

    private Metrics() {}

    static String text(Totals totals, String version) {
        var metrics = new Metrics();
        metrics.one("shoal_info", "gauge", "Version of the node", Map.of("version", version), 1);
        metrics.head("shoal_transfers", "gauge", "Transfers by state");
        totals.states().forEach((state, count) -> metrics.line("shoal_transfers", Map.of("state", state), count));
        metrics.one("shoal_peers", "gauge", "Peers that are connected", Map.of(), totals.peers());
        metrics.one("shoal_download_bytes_per_second", "gauge", "Payload received", Map.of(), totals.down());
        metrics.one("shoal_upload_bytes_per_second", "gauge", "Payload sent", Map.of(), totals.up());
        metrics.one(
                "shoal_downloaded_bytes",
                "gauge",
                "Payload received by the transfers there are",
                Map.of(),
                totals.downloaded());
        metrics.one(
                "shoal_uploaded_bytes",
                "gauge",
                "Payload sent by the transfers there are",
                Map.of(),
                totals.uploaded());
        metrics.process();
        return metrics.out.toString();
    }

    private void process() {
        var runtime = ManagementFactory.getRuntimeMXBean();
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        one("process_start_time_seconds", "gauge", "Since 1970", Map.of(), runtime.getStartTime() / MILLIS);
        one("jvm_memory_used_bytes", "gauge", "Memory of the JVM", Map.of("area", "heap"), heap.getUsed());
        one(
                "jvm_threads_current",
                "gauge",
                "Threads",
                Map.of(),
                ManagementFactory.getThreadMXBean().getThreadCount());
        Descriptors.open()
                .ifPresent(open -> one("process_open_fds", "gauge", "Open files and sockets", Map.of(), open));
    }

    private void one(String name, String type, String help, Map<String, String> labels, Number value) {
        head(name, type, help);
        line(name, labels, value);
    }

    private void head(String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, Map<String, String> labels, Number value) {
        out.append(name);
        labels.forEach((label, text) -> out.append('{')
                .append(label)
                .append("=\"")
                .append(text.replaceAll("[\\\\\"\n]", "_"))
                .append("\"}"));
        out.append(' ').append(value).append('\n');
    }
}
