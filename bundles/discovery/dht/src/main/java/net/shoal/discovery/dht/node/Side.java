package net.shoal.discovery.dht.node;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.table.Ids;
import net.shoal.discovery.dht.table.RoutingTable;
import net.shoal.discovery.dht.table.SecureId;

/** A node in one of the two networks of BEP 32: who it is there, and whom it knows. */
final class Side {
    final Family family;
    private final RandomGenerator random;
    private RoutingTable table;
    private AddressVote vote = new AddressVote();
    private final Reachability reachability = new Reachability();
    private Optional<Endpoint> address = Optional.empty();

    Side(Family family, RandomGenerator random) {
        this.family = family;
        this.random = random;
        this.table = new RoutingTable(Ids.random(random));
    }

    Sha1Hash id() {
        return table.self();
    }

    RoutingTable table() {
        return table;
    }

    /** Where others see us, without port. */
    Optional<Endpoint> address() {
        return address;
    }

    /** Whether others reach us there: a NAT of IPv4 says nothing of IPv6. */
    Reachability reachability() {
        return reachability;
    }

    /** Takes the id of the run before. */
    void resume(Sha1Hash id) {
        table = new RoutingTable(id);
    }

    /** @return true if we are somebody else from now on */
    boolean seenAs(Endpoint voter, Endpoint seen, long now) {
        vote.says(voter, seen);
        if (address.filter(seen.withPort(0)::equals).isPresent()) {
            return false; // as nearly always: nothing is to be counted
        }
        var result = vote.result();
        if (result.isEmpty() || result.equals(address)) {
            return false;
        }
        address = result;
        if (SecureId.fits(id(), result.get())) {
            return false;
        }
        var old = table;
        table = new RoutingTable(SecureId.of(result.get(), random));
        for (var contact : old.contacts()) {
            if (contact.isUsable() && contact.hasAnswered()) {
                table.answered(contact.id, contact.endpoint, now);
            }
        }
        vote = new AddressVote();
        return true;
    }

    /** The nodes to tell of when asked for those close to {@code target}: those whose ids fit, others only where there are few. */
    List<net.shoal.discovery.dht.table.Contact> closest(Sha1Hash target) {
        var secure = table.closest(target, RoutingTable.K, true);
        return secure.size() == RoutingTable.K ? secure : table.closest(target, RoutingTable.K, false);
    }
}
