package net.shoal.ui.web;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What the door has to know of a request.
 *
 * @param secure by HTTPS
 * @param path decoded, as servlets are found by it
 * @param site header {@code Sec-Fetch-Site}, which browsers add and pages cannot
 * @param isNavigation by a browser that goes to a page
 * @param session of the cookie
 * @param password of HTTP Basic
 * @param isMarked has the header that only the console's own pages and programs can send
 */
record Asked(
        InetAddress from,
        boolean secure,
        String method,
        String path,
        Optional<String> host,
        Optional<String> origin,
        Optional<String> site,
        boolean isNavigation,
        Optional<String> session,
        Optional<String> password,
        boolean isMarked) {}
