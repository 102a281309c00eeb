package net.shoal.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.shoal.api.node.Home;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Can the node keep its state? */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=home", HealthCheck.TAGS + "=shoal"})
public final class HomeCheck implements HealthCheck {
    private static final long LITTLE = 256L << 20;
    private static final long NEXT_TO_NOTHING = 16L << 20;

    private final Path root;

    @Activate
    public HomeCheck(@Reference Home home) {
        this(home.root());
    }

    HomeCheck(Path root) {
        this.root = root;
    }

    @Override
    public Result execute() {
        var log = new FormattingResultLog();
        try {
            Files.delete(Files.createTempFile(root.resolve("cache"), "doctor", null));
            log.info("The home {} can be written to.", root);
        } catch (IOException e) {
            log.critical(
                    "The home {} cannot be written to ({}); give this user the right to, or choose another with --home.",
                    root,
                    e);
        }
        try {
            space(log, Files.getFileStore(root).getUsableSpace());
        } catch (IOException e) {
            log.warn("The free space of {} cannot be told: {}", root, e);
        }
        return new Result(log);
    }

    static void space(FormattingResultLog log, long free) {
        var mebibytes = (free >> 20) + " MiB";
        if (free < NEXT_TO_NOTHING) {
            log.critical("The disk of the home is full ({} left); nothing can be kept until there is room.", mebibytes);
        } else if (free < LITTLE) {
            log.warn("The disk of the home is nearly full: {} left.", mebibytes);
        } else {
            log.info("The disk of the home has {} free.", mebibytes);
        }
    }
}
