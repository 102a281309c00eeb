package net.shoal.node;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.shoal.api.node.SettingRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the components that are here now have to say of their settings. Safe for use from any thread. */
final class SettingRules {
    private static final Logger LOG = LoggerFactory.getLogger(SettingRules.class);

    private final Map<SettingRule, String> pids = new ConcurrentHashMap<>();

    void add(SettingRule rule, String pid) {
        pids.put(rule, pid);
    }

    void remove(SettingRule rule) {
        pids.remove(rule);
    }

    /**
     * Judges a change; what was wrong before, such as in a file, does not speak against it.
     *
     * @throws IllegalArgumentException with the sentence of the rule that refuses it
     */
    void check(String pid, Map<String, Object> before, Map<String, Object> after) {
        pids.forEach((rule, of) -> {
            var objection = of.equals(pid) ? objection(rule, after) : Optional.<String>empty();
            if (objection.isPresent() && !objection.equals(objection(rule, before))) {
                throw new IllegalArgumentException(objection.get());
            }
        });
    }

    private static Optional<String> objection(SettingRule rule, Map<String, Object> values) {
        try {
            rule.check(values);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("{} failed to judge settings", rule.getClass().getName(), e);
            return Optional.empty();
        }
    }
}
