package net.shoal.ui.rest;

import java.nio.file.Path;
import net.shoal.api.node.Home;

/** Somewhere. */
final class NoHome implements Home {
    @Override
    public Path root() {
        return Path.of("/nowhere");
    }

    @Override
    public Path state(String name) {
        return root().resolve(name);
    }

    @Override
    public boolean isTemporary() {
        return true;
    }
}
