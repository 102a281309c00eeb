package net.shoal.ui.shell;

import java.util.List;
import net.shoal.api.node.Plugin;
import net.shoal.api.node.Plugins;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Who looks after the plugins, if anybody does. */
@Component(service = PluginsNow.class)
public final class PluginsNow {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Plugins plugins;

    @Activate
    public PluginsNow() {}

    Plugins get() throws CommandException {
        var there = plugins;
        if (there == null) {
            throw new CommandException(
                    "failed", "this node cannot have plugins: the bundle for that does not run", "see the log");
        }
        return there;
    }

    List<String> names() {
        var there = plugins;
        return there == null
                ? List.of()
                : there.list().stream().map(Plugin::name).toList();
    }
}
