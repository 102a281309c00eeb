package net.shoal.discovery.dht.node;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import net.shoal.base.bencode.BDict;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.lookup.Answer;

/** How something that was left with several nodes went: how many took it, and what the others said. */
public final class Tally implements Answer {
    private final Consumer<Tally> done;
    private final Set<String> refusals = new LinkedHashSet<>();
    private int waiting;
    private int taken;

    /** @param nodes how many are asked */
    Tally(int nodes, Consumer<Tally> done) {
        this.waiting = nodes;
        this.done = done;
    }

    @Override
    public void replied(Sha1Hash id, BDict values, int millis) {
        taken++;
        settle();
    }

    @Override
    public void failed(int code, String text) {
        refusals.add(code == 0 ? text : code + " " + text);
        settle();
    }

    private void settle() {
        if (--waiting == 0) {
            done.accept(this);
        }
    }

    public int taken() {
        return taken;
    }

    public List<String> refusals() {
        return List.copyOf(refusals);
    }
}
