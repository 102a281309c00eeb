package net.shoal.tracker;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.shoal.base.model.Sha1Hash;

/** What a GET asks of the tracker (BEP 3, 7, 23, 48), read from its path and query. */
sealed interface HttpQuestion {
    int MAX_SCRAPE = 74;
    int MAX_PARAMETERS = 200;
    int MAX_PEERS = 200;
    int USUAL_PEERS = 50;

    /** @param isCompact addresses as bytes; else as dictionaries, {@code withIds} or without */
    record Announcing(Announce announce, boolean isCompact, boolean withIds) implements HttpQuestion {}

    record Scraping(List<Sha1Hash> infoHashes) implements HttpQuestion {
        public Scraping {
            infoHashes = List.copyOf(infoHashes);
        }
    }

    /** The page that says what this is. */
    record Home() implements HttpQuestion {}

    record Unknown() implements HttpQuestion {}

    /** @throws BadRequest where it is an announce or a scrape that makes no sense */
    static HttpQuestion read(String target, InetAddress from) throws BadRequest {
        int query = target.indexOf('?');
        var path = query < 0 ? target : target.substring(0, query);
        var parameters = Parameters.of(query < 0 ? "" : target.substring(query + 1));
        return switch (path) {
            case "/" -> new Home();
            case "/announce" -> announcing(parameters, from);
            case "/scrape" -> scraping(parameters);
            default -> new Unknown();
        };
    }

    private static Announcing announcing(Parameters parameters, InetAddress from) throws BadRequest {
        long port = parameters.number("port", 1, 65_535).orElseThrow(() -> new BadRequest("port is missing"));
        // a peer that does not say what it lacks is not taken for a seed
        long left = parameters.number("left", 0, Long.MAX_VALUE).orElse(1L);
        int wants = (int) Math.min(
                parameters
                        .number("numwant", -1, Integer.MAX_VALUE)
                        .filter(n -> n >= 0)
                        .orElse((long) USUAL_PEERS),
                MAX_PEERS);
        var announce = new Announce(
                parameters.hash("info_hash"),
                parameters.hash("peer_id"),
                from,
                (int) port,
                left == 0,
                Event.of(parameters.text("event").orElse("")),
                wants);
        boolean isCompact = !parameters.text("compact").filter("0"::equals).isPresent();
        boolean withIds = !parameters.text("no_peer_id").filter("1"::equals).isPresent();
        return new Announcing(announce, isCompact, withIds);
    }

    private static Scraping scraping(Parameters parameters) throws BadRequest {
        var hashes = parameters.hashes("info_hash");
        if (hashes.isEmpty()) {
            throw new BadRequest("info_hash is missing: name the torrents to be scraped, up to " + MAX_SCRAPE);
        }
        if (hashes.size() > MAX_SCRAPE) {
            throw new BadRequest("up to " + MAX_SCRAPE + " torrents can be scraped at a time, not " + hashes.size());
        }
        return new Scraping(hashes);
    }

    /** Names and values of a query; values are bytes. */
    record Parameters(List<Parameter> all) {
        record Parameter(String name, String rawValue) {}

        static Parameters of(String query) throws BadRequest {
            var all = new ArrayList<Parameter>();
            for (int at = 0; at < query.length(); ) {
                int and = query.indexOf('&', at);
                int end = and < 0 ? query.length() : and;
                int equals = query.indexOf('=', at);
                if (equals >= at && equals < end) {
                    all.add(new Parameter(query.substring(at, equals), query.substring(equals + 1, end)));
                }
                if (all.size() > MAX_PARAMETERS) {
                    throw new BadRequest("a request has up to " + MAX_PARAMETERS + " parameters");
                }
                at = end + 1;
            }
            return new Parameters(all);
        }

        private Optional<String> raw(String name) {
            return all.stream()
                    .filter(each -> each.name.equals(name))
                    .map(Parameter::rawValue)
                    .findFirst();
        }

        Optional<String> text(String name) throws BadRequest {
            var raw = raw(name);
            return raw.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new String(unescaped(name, raw.get()), StandardCharsets.UTF_8));
        }

        Optional<Long> number(String name, long least, long most) throws BadRequest {
            var text = text(name).filter(value -> !value.isEmpty());
            if (text.isEmpty()) {
                return Optional.empty();
            }
            try {
                long value = Long.parseLong(text.get());
                if (value >= least && value <= most) {
                    return Optional.of(value);
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new BadRequest(name + " must be a number from " + least + " to " + most);
        }

        Sha1Hash hash(String name) throws BadRequest {
            return hash(name, raw(name).orElseThrow(() -> new BadRequest(name + " is missing")));
        }

        List<Sha1Hash> hashes(String name) throws BadRequest {
            var hashes = new ArrayList<Sha1Hash>();
            for (var each : all) {
                if (each.name.equals(name)) {
                    hashes.add(hash(name, each.rawValue));
                }
            }
            return hashes;
        }

        private static Sha1Hash hash(String name, String raw) throws BadRequest {
            var bytes = unescaped(name, raw);
            if (bytes.length != Sha1Hash.LENGTH) {
                throw new BadRequest(name + " must be 20 bytes, percent-encoded; this one has " + bytes.length);
            }
            return Sha1Hash.of(bytes);
        }

        /** RFC 3986: a plus sign is one, other than in forms of web pages. */
        private static byte[] unescaped(String name, String raw) throws BadRequest {
            var out = new ByteArrayOutputStream(raw.length());
            for (int i = 0; i < raw.length(); i++) {
                char c = raw.charAt(i);
                if (c == '%') {
                    int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
                    int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
                    if (high < 0 || low < 0) {
                        throw new BadRequest(name + " has a % that two hexadecimal digits do not follow");
                    }
                    out.write(high << 4 | low);
                    i += 2;
                } else {
                    out.write(c);
                }
            }
            return out.toByteArray();
        }
    }
}
