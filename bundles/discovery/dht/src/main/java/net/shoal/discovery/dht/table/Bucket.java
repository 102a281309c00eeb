package net.shoal.discovery.dht.table;

import java.util.ArrayList;
import java.util.List;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import org.jspecify.annotations.Nullable;

/** The nodes of one part of the id space, and those that would take their places. */
final class Bucket {
    private static final int SPARE = 8;

    final List<Contact> live = new ArrayList<>(8);
    /** The latest last. */
    final List<Contact> spare = new ArrayList<>(0);

    @Nullable
    Contact find(Sha1Hash id) {
        for (int i = 0; i < live.size(); i++) {
            if (live.get(i).id.equals(id)) {
                return live.get(i);
            }
        }
        return null;
    }

    /** Somebody else of what one party easily has all of. */
    boolean hasNeighbour(Endpoint endpoint) {
        return !endpoint.isLocal() && (isIn(live, endpoint) || isIn(spare, endpoint));
    }

    private static boolean isIn(List<Contact> contacts, Endpoint endpoint) {
        for (int i = 0; i < contacts.size(); i++) {
            if (contacts.get(i).endpoint.block() == endpoint.block()) {
                return true;
            }
        }
        return false;
    }

    void keepSpare(Contact contact) {
        for (int i = 0; i < spare.size(); i++) {
            if (spare.get(i).id.equals(contact.id)) {
                spare.set(i, contact);
                return;
            }
        }
        if (spare.size() == SPARE) {
            spare.remove(0);
        }
        spare.add(contact);
    }

    /** One that is bad, or has an id that its address does not allow where the newcomer's fits. */
    @Nullable
    Contact worst(boolean newcomerFits) {
        Contact misfit = null;
        for (int i = 0; i < live.size(); i++) {
            var contact = live.get(i);
            if (contact.isBad()) {
                return contact;
            }
            misfit = newcomerFits && !contact.fits() ? contact : misfit;
        }
        return misfit;
    }

    /** The one that was silent for longest and may not be there any more. */
    @Nullable
    Contact toPing(long now) {
        Contact stalest = null;
        for (int i = 0; i < live.size(); i++) {
            var contact = live.get(i);
            if (contact.isQuestionable(now)
                    && !contact.isAsked(now)
                    && (stalest == null || contact.heard() < stalest.heard())) {
                stalest = contact;
            }
        }
        return stalest;
    }
}
