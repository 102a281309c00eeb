package net.shoal.engine.choker;

import java.util.List;

/** What to change: no peer is in both, and none already is what it shall be. Choke first. */
public record Verdict<P extends ChokerPeer>(List<P> choke, List<P> unchoke) {
    public Verdict {
        choke = List.copyOf(choke);
        unchoke = List.copyOf(unchoke);
    }
}
