package net.shoal.node;

import java.io.IOException;
import java.util.Map;

/** Where settings take effect: ConfigAdmin, or a fake. */
interface Configurations {
    /**
     * Gives a component its configuration. Not called again while nothing changes.
     *
     * @param pid of the component, or {@code FACTORY~NAME}
     */
    void update(String pid, Map<String, Object> properties) throws IOException;

    void delete(String pid) throws IOException;
}
