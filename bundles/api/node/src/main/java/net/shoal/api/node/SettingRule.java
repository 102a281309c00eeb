package net.shoal.api.node;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a component has to say of its own settings beyond their types and bounds, such as that a text is a time of day. A service with the
 * property {@link #PID}; asked before a value is saved. What a file or the command line gives is not shown to it.
 */
@ConsumerType
@FunctionalInterface
public interface SettingRule {
    /** Service property: whose settings it judges. */
    String PID = "setting.pid";

    /**
     * Judges them all, as they would be.
     *
     * @param values by name, of the types that the component would be given
     * @throws IllegalArgumentException with a sentence that names the setting, and says what is wrong and what would be right
     */
    void check(Map<String, Object> values);
}
