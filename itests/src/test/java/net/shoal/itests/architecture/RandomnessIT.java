package net.shoal.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What nobody may guess comes from a {@link SecureRandom} (reliability S14). Whoever takes chance from elsewhere is listed here with what it is
 * for, and whoever makes ids, keys, nonces and tokens with what it makes them of.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RandomnessIT {
    /** Chance that may be guessed, and what for. */
    private static final Map<String, String> GUESSABLE = Map.of(
            "net.shoal.engine.TransferEngineComponent", "the seed of what follows",
            "net.shoal.engine.choker.Choker", "in which order peers are unchoked, by the chance it is given",
            "net.shoal.engine.rehearsal.Rehearsal", "content that is moved within the node and thrown away",
            "net.shoal.engine.transfer.EngineParts", "which piece is picked and who is unchoked: it evens out load",
            "net.shoal.discovery.tracker.Trackers", "which of a tracker's addresses is asked");

    /** Who makes what nobody may guess. */
    private static final Map<String, String> SECRET = Map.ofEntries(
            Map.entry("net.shoal.engine.TransferEngineComponent", "our peer id"),
            Map.entry("net.shoal.discovery.tracker.TrackerDiscovery", "the key that tells trackers who we are"),
            Map.entry(
                    "net.shoal.discovery.tracker.UdpSockets",
                    "transaction ids, by which answers are believed (BEP 15)"),
            Map.entry(
                    "net.shoal.discovery.dht.DhtLoop",
                    "ids, transaction ids and tokens, by which answers and announces are believed (BEP 5)"),
            Map.entry(
                    "net.shoal.discovery.lsd.LsdDiscovery", "the cookie by which we know our own announcements again"),
            Map.entry("net.shoal.discovery.mdns.MdnsDiscovery", "a host name that nobody else has"),
            Map.entry("net.shoal.tracker.Serving", "connection ids, by which addresses are believed (BEP 15)"),
            Map.entry("net.shoal.secure.mse.MseLayer", "private keys and padding"),
            Map.entry(
                    "net.shoal.ui.web.Console",
                    "login tokens, sessions, salts of passwords and serial numbers of certificates"),
            Map.entry(
                    "net.shoal.ui.rest.RestComponent",
                    "the name of a run, so that events of another are not taken for its own"),
            Map.entry(
                    "net.shoal.ui.rpc.transmission.TransmissionServlet",
                    "the session id that requests bring, so that no page can make a browser send one"));

    private static final Set<String> GENERATORS = Set.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.concurrent.ThreadLocalRandom",
            "io.netty.util.internal.ThreadLocalRandom",
            "io.netty.util.internal.PlatformDependent");

    private JavaClasses all = new ClassFileImporter().importClasses();

    @BeforeAll
    void readClasses() throws IOException {
        var root = Reactor.ofThisBuild().root();
        try (var bundles = Files.walk(root.resolve("bundles"), 5);
                var launcher = Files.walk(root.resolve("distribution"), 3)) {
            all = new ClassFileImporter()
                    .importPaths(java.util.stream.Stream.concat(bundles, launcher)
                            .filter(each -> each.endsWith("target/classes"))
                            .toArray(Path[]::new));
        }
    }

    @Test
    void chanceThatMayBeGuessedIsUsedByThoseListedAlone() {
        assertThat(all.size()).as("classes of all bundles").isGreaterThan(500);
        assertThat(users(RandomnessIT::isGuessable)).containsExactlyInAnyOrderElementsOf(GUESSABLE.keySet());
    }

    @Test
    void whatNobodyMayGuessIsMadeByThoseListedAlone() {
        assertThat(users(access -> isNew(access, SecureRandom.class.getName())))
                .containsExactlyInAnyOrderElementsOf(SECRET.keySet());
    }

    private interface Kind {
        boolean matches(JavaAccess<?> access);
    }

    private Set<String> users(Kind kind) {
        return all.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(kind::matches)
                .map(access -> topLevel(access.getOrigin()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String topLevel(JavaCodeUnit origin) {
        return origin.getOwner().getName().replaceFirst("\\$.*", "");
    }

    private static boolean isGuessable(JavaAccess<?> access) {
        var owner = access.getTargetOwner().getName();
        var name = access.getTarget().getName();
        boolean made = GENERATORS.stream().anyMatch(each -> isNew(access, each));
        boolean shared = (owner.endsWith("ThreadLocalRandom") && name.equals("current"))
                || (owner.endsWith("PlatformDependent") && name.equals("threadLocalRandom"));
        boolean chosen = owner.startsWith("java.util.random.RandomGenerator")
                && Set.of("of", "getDefault", "create").contains(name);
        boolean hidden = (owner.equals("java.lang.Math") && name.equals("random"))
                || (owner.equals("java.util.UUID") && name.equals("nameUUIDFromBytes"))
                || (owner.equals("java.util.Collections")
                        && name.equals("shuffle")
                        && access.getTarget().getFullName().endsWith("(java.util.List)"));
        return made || shared || chosen || hidden;
    }

    private static boolean isNew(JavaAccess<?> access, String type) {
        return access.getTargetOwner().getName().equals(type)
                && access.getTarget().getName().equals("<init>");
    }
}
