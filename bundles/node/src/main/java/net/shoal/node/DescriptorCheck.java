package net.shoal.node;

import net.shoal.api.node.Descriptors;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** May the node open as many sockets and files as it would like to? */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=descriptors", HealthCheck.TAGS + "=shoal"})
public final class DescriptorCheck implements HealthCheck {
    /** Some 500 connections, the files of a few transfers, and the JVM's own. */
    private static final long ENOUGH = 1_024;

    private static final long TOO_FEW = 128;

    @Activate
    public DescriptorCheck() {}

    @Override
    public Result execute() {
        var log = new FormattingResultLog();
        judge(log, Descriptors.most().orElse(-1), Descriptors.open().orElse(-1));
        return new Result(log);
    }

    static void judge(FormattingResultLog log, long limit, long open) {
        if (limit < 0) {
            log.info("This system sets no limit to open files and connections.");
        } else if (limit < TOO_FEW) {
            log.critical("Only {} files and connections may be open; raise it, as with ulimit -n 4096.", limit);
        } else if (limit < ENOUGH) {
            log.warn("Only {} files and connections may be open; more peers need more, as with ulimit -n 4096.", limit);
        } else {
            log.info("{} of {} files and connections are open.", open, limit);
        }
    }
}
