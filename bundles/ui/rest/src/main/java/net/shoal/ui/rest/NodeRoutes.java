package net.shoal.ui.rest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.net.Network;
import net.shoal.api.node.Home;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferState;
import net.shoal.base.model.AddressText;

/** The node as a whole: {@code node}, {@code doctor}, {@code logs}, the description of the API, and {@code /metrics}. */
final class NodeRoutes {
    private static final int MOST_LINES = 2_000;
    private static final int USUAL_LINES = 500;

    private final Facts facts;
    private final Transfers transfers;
    private final Checks checks;
    private final LogFile log;

    /**
     * What does not change while the node runs.
     *
     * @param started in milliseconds
     * @param capabilities what there is of parts that not every node has
     */
    record Facts(
            Home home,
            Network network,
            FrontDoor frontDoor,
            String version,
            long started,
            Path downloads,
            Path uploads,
            Supplier<List<String>> capabilities) {}

    NodeRoutes(Facts facts, Transfers transfers, Checks checks) {
        this.facts = facts;
        this.transfers = transfers;
        this.checks = checks;
        this.log = new LogFile(facts.home().root());
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/v1/node", this::node),
                new Route("GET", "/api/v1/doctor", this::doctor),
                new Route("GET", "/api/v1/logs", this::logs),
                new Route("GET", "/api/v1/openapi.json", this::openapi),
                new Route("GET", "/metrics", this::metrics));
    }

    private Totals totals() {
        return Totals.of(transfers.list().stream().map(Transfer::status).toList());
    }

    private void node(Exchange exchange) throws IOException {
        exchange.json(Json.object(
                "name", hostName(),
                "version", facts.version(),
                "started", facts.started(),
                "listen",
                        facts.frontDoor().addresses().stream()
                                .map(AddressText::hostPort)
                                .toList(),
                "scope", Words.of(facts.network().scope()),
                "home", facts.home().root().toString(),
                "downloads", facts.downloads().toString(),
                "uploads", facts.uploads().toString(),
                "disk", Disks.of(facts.downloads()),
                "capabilities", facts.capabilities().get(),
                "totals", totals().toJson()));
    }

    /** As the system says without asking the network. */
    private static String hostName() {
        try {
            return Files.readString(Path.of("/etc/hostname")).strip();
        } catch (IOException e) {
            return Optional.ofNullable(System.getenv("HOSTNAME"))
                    .or(() -> Optional.ofNullable(System.getenv("COMPUTERNAME")))
                    .orElse("");
        }
    }

    private void doctor(Exchange exchange) throws IOException {
        var rows = new ArrayList<Object>();
        rows.add(Checks.row(
                "java",
                "ok",
                "Java " + System.getProperty("java.version") + " of " + System.getProperty("java.vendor"),
                ""));
        for (var transfer : transfers.list()) {
            var status = transfer.status();
            if (status.state() instanceof TransferState.Failed failed) {
                rows.add(Checks.row("transfers", "warn", status.name() + ": " + failed.reason(), failed.hint()));
            }
        }
        rows.addAll(checks.run());
        exchange.json(Json.object("checks", rows));
    }

    private void logs(Exchange exchange) throws ApiException, IOException {
        int most = (int) exchange.whole("limit", 1, MOST_LINES, USUAL_LINES);
        exchange.json(log.tail(exchange.parameter("level").orElse("info"), most));
    }

    private void openapi(Exchange exchange) throws IOException {
        exchange.bytes("application/json", document());
    }

    static byte[] document() throws IOException {
        try (var in = NodeRoutes.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new FileNotFoundException("openapi.json");
            }
            return in.readAllBytes();
        }
    }

    private void metrics(Exchange exchange) throws IOException {
        var text = Metrics.text(totals(), facts.version());
        exchange.bytes("text/plain; version=0.0.4; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
}
