package net.shoal.discovery.mdns;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import net.shoal.api.net.FoundNode;
import net.shoal.api.net.MulticastPlace;
import net.shoal.base.command.SafeText;
import net.shoal.base.model.PeerAddress;

/**
 * The nodes that others publish. It asks at first often, then seldom, and asks again about a node that has not said all. What is kept is bounded,
 * and so is how long: whoever goes without a word is forgotten. Only addresses on the link are taken, so that nobody can make us dial
 * elsewhere. Times in milliseconds that only go forward. Confined to one thread.
 */
final class Neighbours {
    static final int MOST = 100;
    static final int MOST_ADDRESSES = 8;
    static final long LONGEST = 900_000;
    static final long FIRST_PAUSE = 1_000;
    static final long LONGEST_PAUSE = 300_000;

    private static final long AT_ONCE = 100;
    private static final int MOST_KNOWN = 10;
    private static final int MOST_QUESTIONS = 20;
    private static final int MOST_TRIES = 3;
    private static final long NEVER = Long.MAX_VALUE;

    private final Predicate<DnsName> isOurs;
    private final Consumer<DnsMessage> out;
    private final Map<DnsName, Neighbour> known = new LinkedHashMap<>();
    private long next = NEVER;
    private long pause = FIRST_PAUSE;
    private volatile List<FoundNode> nodes = List.of();

    /**
     * @param isOurs the name of our own service
     * @param out asks at every place
     */
    Neighbours(Predicate<DnsName> isOurs, Consumer<DnsMessage> out) {
        this.isOurs = isOurs;
        this.out = out;
    }

    private static final class Neighbour {
        private final DnsName instance;
        private final Set<InetAddress> addresses = new LinkedHashSet<>();
        private DnsName host = new DnsName(List.of());
        private int port;
        private long life;
        private long until;
        private int tries;

        Neighbour(DnsName instance) {
            this.instance = instance;
        }

        boolean isWhole() {
            return port > 0 && !addresses.isEmpty();
        }

        void live(long seconds, long now) {
            life = Math.min(seconds * 1_000, LONGEST);
            until = now + life;
        }

        FoundNode node() {
            return new FoundNode(
                    SafeText.of(instance.first()),
                    addresses.stream().map(each -> PeerAddress.ip(each, port)).toList());
        }
    }

    /** What is known now; on any thread. */
    List<FoundNode> nodes() {
        return nodes;
    }

    /** There are places where nobody has been asked yet. */
    void ask(long now) {
        pause = FIRST_PAUSE;
        next = now + AT_ONCE;
    }

    /** There is nowhere to ask. */
    void rest() {
        next = NEVER;
        known.clear();
        publish();
    }

    long due() {
        return next;
    }

    void tick(long now) {
        if (now < next) {
            return;
        }
        known.values().removeIf(each -> now >= each.until);
        publish();
        var questions = new ArrayList<DnsMessage.Question>();
        questions.add(new DnsMessage.Question(OwnService.SERVICE, DnsRecord.TYPE_PTR));
        known.values().forEach(each -> askMore(each, questions));
        out.accept(DnsMessage.query(questions, knownAnswers(now), List.of()));
        next = now + pause;
        pause = Math.min(pause * 2, LONGEST_PAUSE);
    }

    private static void askMore(Neighbour each, List<DnsMessage.Question> questions) {
        if (each.isWhole() || each.tries >= MOST_TRIES || questions.size() >= MOST_QUESTIONS) {
            return;
        }
        each.tries++;
        if (each.port == 0) {
            questions.add(new DnsMessage.Question(each.instance, DnsRecord.TYPE_SRV));
        } else {
            questions.add(new DnsMessage.Question(each.host, DnsRecord.TYPE_A));
            questions.add(new DnsMessage.Question(each.host, DnsRecord.TYPE_AAAA));
        }
    }

    /** Who is known well need not answer (RFC 6762, section 7.1). */
    private List<DnsRecord> knownAnswers(long now) {
        return known.values().stream()
                .filter(each -> each.isWhole() && each.until - now > each.life / 2)
                .limit(MOST_KNOWN)
                .<DnsRecord>map(each -> new DnsRecord.Ptr(OwnService.SERVICE, OwnService.OTHER_TTL, each.instance))
                .toList();
    }

    /** An answer to whomever, or news. */
    void received(MulticastPlace place, DnsMessage message, long now) {
        boolean isNew = false;
        boolean isChanged = false;
        var hosts = new LinkedHashMap<DnsName, Set<InetAddress>>();
        for (var each : message.answers()) {
            if (each instanceof DnsRecord.Ptr ptr && ptr.name().equals(OwnService.SERVICE)) {
                isNew |= named(ptr, now);
                isChanged |= ptr.ttl() == 0;
            } else if (each instanceof DnsRecord.Address address && address.ttl() > 0) {
                addressed(place, address, hosts);
            }
        }
        for (var each : message.answers()) {
            if (each instanceof DnsRecord.Srv srv && srv.ttl() > 0 && srv.port() > 0 && known.containsKey(srv.name())) {
                isChanged |= moved(known.get(srv.name()), srv);
            }
        }
        if (!hosts.isEmpty()) {
            isChanged |= reached(hosts);
        }
        if (isChanged) {
            publish();
        }
        if (isNew) {
            // what it has not said by then, it is asked
            next = Math.min(next, now + FIRST_PAUSE);
        }
    }

    private boolean reached(Map<DnsName, Set<InetAddress>> hosts) {
        boolean isChanged = false;
        for (var neighbour : known.values()) {
            var addresses = hosts.get(neighbour.host);
            if (addresses != null && neighbour.addresses.addAll(addresses)) {
                bound(neighbour.addresses);
                isChanged = true;
            }
        }
        return isChanged;
    }

    /** @return true if it was not known */
    private boolean named(DnsRecord.Ptr ptr, long now) {
        var instance = ptr.target();
        if (!OwnService.SERVICE.isParentOf(instance) || !DnsName.fits(instance.first()) || isOurs.test(instance)) {
            return false;
        }
        if (ptr.ttl() == 0) {
            known.remove(instance);
            return false;
        }
        var there = known.get(instance);
        if (there != null) {
            there.live(ptr.ttl(), now);
            return false;
        }
        if (known.size() >= MOST) {
            return false;
        }
        var neighbour = new Neighbour(instance);
        neighbour.live(ptr.ttl(), now);
        known.put(instance, neighbour);
        return true;
    }

    /** @return true if that was not known */
    private static boolean moved(Neighbour neighbour, DnsRecord.Srv srv) {
        boolean isElsewhere = !neighbour.host.equals(srv.target());
        if (!isElsewhere && neighbour.port == srv.port()) {
            return false;
        }
        if (isElsewhere) {
            neighbour.addresses.clear();
        }
        neighbour.host = srv.target();
        neighbour.port = srv.port();
        neighbour.tries = 0;
        return true;
    }

    private static void addressed(
            MulticastPlace place, DnsRecord.Address record, Map<DnsName, Set<InetAddress>> hosts) {
        var address = record.address();
        boolean isDiallable =
                !address.isAnyLocalAddress() && !address.isMulticastAddress() && !address.isLoopbackAddress();
        if (isDiallable && place.isOnLink(address)) {
            hosts.computeIfAbsent(record.name(), key -> new LinkedHashSet<>()).add(scoped(place, address));
        }
    }

    /** A link-local address means nothing without its link. */
    private static InetAddress scoped(MulticastPlace place, InetAddress address) {
        try {
            return address instanceof Inet6Address && address.isLinkLocalAddress()
                    ? Inet6Address.getByAddress(null, address.getAddress(), place.index())
                    : address;
        } catch (UnknownHostException impossible) {
            throw new AssertionError("16 bytes are an address", impossible);
        }
    }

    /** The oldest go. */
    private static void bound(Set<InetAddress> addresses) {
        var all = addresses.iterator();
        for (int over = addresses.size() - MOST_ADDRESSES; over > 0; over--) {
            all.next();
            all.remove();
        }
    }

    private void publish() {
        var now = known.values().stream()
                .filter(Neighbour::isWhole)
                .map(Neighbour::node)
                .toList();
        if (!now.equals(nodes)) {
            nodes = now;
        }
    }
}
