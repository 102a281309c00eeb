package net.shoal.api.console;

import java.util.Locale;

/**
 * One thing that a bundle adds to the web console. Shown while its bundle is there; one that fails shows that in its own place.
 *
 * @param id unique within its bundle: lower-case letters, digits, dots and dashes
 * @param title for people, in English
 * @param icon name of an icon of the console, or the URL path of an SVG; empty for none
 * @param module URL path of the ES module, such as {@code /plugins/weather/page.js}: by an HTTP whiteboard resource of the bundle. The module
 *     may import {@code lit} and what the console offers in {@code shoal}
 * @param element custom element that the module defines; of an action, the name of the function that it exports, which is given the transfers
 * @param order among others of its kind; the lowest comes first
 */
public record Contribution(Kind kind, String id, String title, String icon, String module, String element, int order) {
    /** Where it is shown. */
    public enum Kind {
        /** A page of its own, in the navigation. */
        PAGE,
        /** A part of the details of a transfer; the element's property {@code transfer} has its id. */
        PANEL,
        /** Something to do with the transfers that are selected. */
        ACTION;

        /** Lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if a part of it cannot be, saying which */
    public Contribution {
        if (!id.matches("[a-z0-9][a-z0-9.-]{0,99}")) {
            throw new IllegalArgumentException(
                    "the id of a contribution has lower-case letters, digits, dots and dashes, unlike " + id);
        }
        if (!isPath(module) || !(isPath(icon) || icon.matches("[a-z0-9-]{0,50}"))) {
            throw new IllegalArgumentException(
                    "contribution " + id + ": its module, and an icon of its own, are URL paths on this node");
        }
        if (kind != Kind.ACTION && !element.matches("[a-z][a-z0-9]*(-[a-z0-9]+)+")) {
            throw new IllegalArgumentException(
                    "contribution " + id + ": '" + element + "' is no name of a custom element");
        }
    }

    /** Never another host's, nor a way around the folders of this one. */
    private static boolean isPath(String path) {
        return path.matches("/[A-Za-z0-9][A-Za-z0-9._/-]{0,300}") && !path.contains("..") && !path.contains("//");
    }
}
