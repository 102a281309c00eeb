package net.shoal.plugins;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import net.shoal.api.node.PluginException;
import org.jspecify.annotations.Nullable;

/**
 * What the XML documents of Declarative Services and Metatype in a jar tell.
 *
 * @param services interfaces
 * @param commands {@code SCOPE:NAME}
 * @param settings PIDs that are described, so that there are settings
 */
record Descriptors(Set<String> services, Set<String> commands, Set<String> settings) {
    private static final String METATYPE = "OSGI-INF/metatype/";

    static Descriptors of(Map<String, byte[]> documents) throws PluginException {
        var all = new Descriptors(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        for (var document : documents.entrySet()) {
            try {
                if (document.getKey().startsWith(METATYPE)) {
                    all.readMetatype(document.getValue());
                } else {
                    all.readComponents(document.getValue());
                }
            } catch (XMLStreamException e) {
                throw Refusal.of("its " + document.getKey() + " cannot be read (" + oneLine(e) + ")");
            }
        }
        return all;
    }

    private static String oneLine(XMLStreamException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }

    private void readMetatype(byte[] document) throws XMLStreamException {
        var xml = reader(document);
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("Designate")) {
                add(settings, attribute(xml, "pid"));
                add(settings, attribute(xml, "factoryPid"));
            }
        }
    }

    private void readComponents(byte[] document) throws XMLStreamException {
        var xml = reader(document);
        var properties = new HashMap<String, List<String>>();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "provide" -> add(services, attribute(xml, "interface"));
                    case "property" -> property(xml, properties);
                    default -> {}
                }
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("component")) {
                addCommands(properties);
                properties.clear();
            }
        }
    }

    private static void property(XMLStreamReader xml, Map<String, List<String>> properties) throws XMLStreamException {
        var name = attribute(xml, "name");
        var value = attribute(xml, "value");
        if (name != null) {
            properties.put(
                    name,
                    value == null
                            ? xml.getElementText().lines().map(String::strip).toList()
                            : List.of(value));
        }
    }

    private void addCommands(Map<String, List<String>> properties) {
        var scopes = properties.getOrDefault("osgi.command.scope", List.of());
        var names = new ArrayList<>(properties.getOrDefault("osgi.command.function", List.of()));
        names.removeIf(String::isBlank);
        if (!scopes.isEmpty()) {
            names.forEach(name -> commands.add(scopes.get(0) + ":" + name));
        }
    }

    private static void add(Set<String> set, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            set.add(text.strip());
        }
    }

    private static @Nullable String attribute(XMLStreamReader xml, String name) {
        return xml.getAttributeValue(null, name);
    }

    /** Without document types, so without entities of the document's own. */
    private static XMLStreamReader reader(byte[] document) throws XMLStreamException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory.createXMLStreamReader(new ByteArrayInputStream(document));
    }
}
