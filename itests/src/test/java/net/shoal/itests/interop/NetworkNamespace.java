package net.shoal.itests.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.shoal.itests.distribution.Running;

/**
 * A network of its own, held by one process and gone with it: only {@code lo}, on which all of 10.77.0.0/16 is local, since some clients
 * refuse peers in 127.0.0.0/8. Nothing in it can reach the machine's own network.
 */
public final class NetworkNamespace implements AutoCloseable {
    private static final String HOLD =
            "ip link set lo up && ip route add local 10.77.0.0/16 dev lo && echo held && exec cat >/dev/null";

    /** The first half of addresses that are not those of a local network. */
    static final String INTERNET = "45.77";

    private static final String CABLE = "cable";
    private static final String SWITCH = "switch";
    private static final String PLUG = "plug";

    private final Process holder;
    private final AtomicInteger hosts = new AtomicInteger();

    private NetworkNamespace(Process holder) {
        this.holder = holder;
    }

    public static NetworkNamespace create() {
        Programs.require("unshare", "util-linux");
        Programs.require("nsenter", "util-linux");
        Programs.require("ip", "iproute2");
        Programs.requireRoot();
        var holder = Running.start(new ProcessBuilder("unshare", "--net", "sh", "-c", HOLD).redirectErrorStream(true));
        var first = firstLine(holder);
        if (!"held".equals(first)) {
            Running.end(holder);
            throw new IllegalStateException("no network namespace could be made: " + first);
        }
        return new NetworkNamespace(holder);
    }

    /**
     * Connects two that have nothing but themselves by a cable.
     *
     * @param rate bytes a second it carries at most, each way
     */
    static void connect(NetworkNamespace one, String oneAddress, NetworkNamespace two, String twoAddress, long rate) {
        one.run("ip link add %s type veth peer name %s netns %d".formatted(CABLE, CABLE, two.holder.pid()));
        one.plug(oneAddress, rate);
        two.plug(twoAddress, rate);
    }

    private void plug(String address, long rate) {
        run("ip addr add %s/24 dev %s && ip link set %s up".formatted(address, CABLE, CABLE));
        run("tc qdisc add dev %s root tbf rate %dbit burst 64kb latency 200ms".formatted(CABLE, rate * 8));
    }

    /** Makes this one a switch, into which others can be plugged ({@link #plugInto}). */
    void becomeSwitch() {
        run("ip link add name %s type bridge mcast_snooping 0 && ip link set %s up".formatted(SWITCH, SWITCH));
    }

    /** Puts the cable of this one into a switch. */
    void plugInto(NetworkNamespace hub, String address) {
        var plug = PLUG + hub.hosts.incrementAndGet();
        run("ip link add %s type veth peer name %s netns %d".formatted(CABLE, plug, hub.holder.pid()));
        hub.run("ip link set %s master %s && ip link set %s up".formatted(plug, SWITCH, plug));
        plugIn(address);
        // some leave it to the system where a group is, and it goes by this
        run("ip route add 224.0.0.0/4 dev %s".formatted(CABLE));
    }

    /** Takes the cable's interface away, and its address. */
    void unplug(String address) {
        run("ip link set %s down && ip addr del %s/24 dev %s".formatted(CABLE, address, CABLE));
    }

    void plugIn(String address) {
        run("ip addr add %s/24 dev %s && ip link set %s up".formatted(address, CABLE, CABLE));
    }

    private void run(String script) {
        var process = Running.start(new ProcessBuilder(inside(List.of("sh", "-c", script))).redirectErrorStream(true));
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(script + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** This machine has one more address, of IPv6. */
    NetworkNamespace has(String address) {
        run("ip -6 addr add %s/128 dev lo nodad".formatted(address));
        return this;
    }

    /** This machine has all addresses of {@link #INTERNET} too. There is still no way out of it. */
    NetworkNamespace withInternet() {
        run("ip route add local " + INTERNET + ".0.0/16 dev lo");
        return this;
    }

    /** An address that nobody in there has yet; some clients drop a second peer with the same one. */
    public String newAddress() {
        int host = hosts.incrementAndGet();
        return "10.77." + host / 250 + "." + (host % 250 + 1);
    }

    /** The command, run in this network. */
    public List<String> inside(List<String> command) {
        var all = new ArrayList<>(List.of("nsenter", "--target", String.valueOf(holder.pid()), "--net", "--"));
        all.addAll(command);
        return all;
    }

    private static String firstLine(Process process) {
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        try {
            return String.valueOf(reader.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Running.end(holder);
    }
}
