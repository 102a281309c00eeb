package net.shoal.itests.container;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ops4j.pax.exam.TestAddress;

/**
 * One call into the probe bundle, as Pax Exam wants it.
 *
 * @param root what the probe was built with; its identifier finds the probe
 * @param values for {@link InContainer#run}
 */
record ProbeCall(TestAddress root, String caption, List<Object> values) implements TestAddress {
    @Override
    public String identifier() {
        return root.identifier();
    }

    @Override
    public @Nullable Object[] arguments() {
        return values.toArray();
    }
}
