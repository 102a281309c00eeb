package net.shoal.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Reads what the components of a bundle can be told. */
final class MetatypeReader {
    private MetatypeReader() {}

    static List<ComponentDescription> read(MetaTypeInformation metatype) {
        var components = new ArrayList<ComponentDescription>();
        for (var pid : orEmpty(metatype.getPids())) {
            components.add(component(pid, false, metatype.getObjectClassDefinition(pid, null)));
        }
        for (var pid : orEmpty(metatype.getFactoryPids())) {
            components.add(component(pid, true, metatype.getObjectClassDefinition(pid, null)));
        }
        return components;
    }

    private static ComponentDescription component(String pid, boolean isFactory, ObjectClassDefinition described) {
        var attributes = described.getAttributeDefinitions(ObjectClassDefinition.ALL);
        var settings = attributes == null
                ? List.<SettingDefinition>of()
                : Arrays.stream(attributes).map(MetatypeReader::setting).toList();
        return new ComponentDescription(
                pid, Optional.ofNullable(described.getName()).orElse(pid), isFactory, settings);
    }

    static SettingDefinition setting(AttributeDefinition attribute) {
        boolean isList = attribute.getCardinality() != 0;
        return new SettingDefinition(
                attribute.getID(),
                ValueType.of(attribute.getType()),
                isList,
                defaultText(attribute, isList),
                List.of(orEmpty(attribute.getOptionValues())),
                Optional.ofNullable(attribute.getDescription()).orElse(""),
                fits(attribute));
    }

    private static Optional<String> defaultText(AttributeDefinition attribute, boolean isList) {
        var values = attribute.getDefaultValue();
        if (!isList) {
            return values == null || values.length == 0 ? Optional.empty() : Optional.of(values[0]);
        }
        return Optional.of(TextList.join(
                Arrays.stream(orEmpty(values)).filter(value -> !value.isEmpty()).toList()));
    }

    /** Metatype splits at commas, and answers with nothing or an empty text where the value is right; null where it does not check. */
    private static Predicate<String> fits(AttributeDefinition attribute) {
        return value -> {
            var complaint = attribute.validate(value.replace("\\", "\\\\").replace(",", "\\,"));
            return complaint == null || complaint.isEmpty();
        };
    }

    private static String[] orEmpty(String @Nullable [] values) {
        return values == null ? new String[0] : values;
    }
}
