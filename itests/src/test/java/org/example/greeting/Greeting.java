package org.example.greeting;

import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import net.shoal.api.console.Contribution;
import net.shoal.api.console.Contributor;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Adds a page to the console; what it registers goes with its bundle. */
public final class Greeting implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        context.registerService(Greeting.class, this, resources());
        var page = new Contribution(
                Contribution.Kind.PAGE,
                "greeting",
                "Greeting",
                "people",
                "/plugins/greeting/page.js",
                "example-greeting",
                10);
        context.registerService(Contributor.class, () -> List.of(page), null);
    }

    private static Dictionary<String, Object> resources() {
        return FrameworkUtil.asDictionary(Map.of(
                "osgi.http.whiteboard.resource.pattern",
                "/plugins/greeting/*",
                "osgi.http.whiteboard.resource.prefix",
                "/web"));
    }

    @Override
    public void stop(BundleContext context) {
        // the framework unregisters what was registered
    }
}
