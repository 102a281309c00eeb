package net.shoal.ui.rpc.transmission;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.shoal.base.command.Json;

/** The arguments of a request, one by one; each says what is wrong with it. Those that nobody asks for are passed over, as Transmission does. */
record Arguments(Map<?, ?> all) {
    /** In one list. */
    private static final int MOST = 1_000_000;

    private static final int LONGEST_TEXT = 16_384;
    /** More tell that somebody is out for our memory. */
    private static final int MOST_VALUES = 1_000_000;

    /** A request as a whole. */
    static Arguments ofRequest(String json) throws RpcException {
        if (json.chars().filter(c -> c == ',' || c == '[' || c == '{').count() > MOST_VALUES) {
            throw new RpcException("the request has more than " + MOST_VALUES + " values");
        }
        try {
            return new Arguments(Json.readObject(json));
        } catch (IllegalArgumentException e) {
            throw new RpcException("the request is to be a JSON object: " + e.getMessage());
        }
    }

    boolean has(String name) {
        return all.containsKey(name);
    }

    Optional<Object> value(String name) {
        return Optional.ofNullable(all.get(name));
    }

    Optional<String> text(String name) throws RpcException {
        return text(name, LONGEST_TEXT);
    }

    Optional<String> text(String name, int longest) throws RpcException {
        var value = all.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text) || text.length() > longest) {
            throw new RpcException(name + " is a text of at most " + longest + " characters");
        }
        return Optional.of(text);
    }

    Optional<Boolean> flag(String name) throws RpcException {
        var value = all.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Boolean truth) {
            return Optional.of(truth);
        }
        if (value instanceof Long number && (number == 0 || number == 1)) {
            return Optional.of(number == 1);
        }
        throw new RpcException(name + " is true or false");
    }

    OptionalLong whole(String name, long least, long most) throws RpcException {
        var value = all.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && number.longValue() >= least
                && number.longValue() <= most) {
            return OptionalLong.of(number.longValue());
        }
        throw new RpcException(name + " is a whole number from " + least + " to " + most);
    }

    OptionalDouble decimal(String name) throws RpcException {
        var value = all.get(name);
        if (value == null) {
            return OptionalDouble.empty();
        }
        if (value instanceof Number number && number.doubleValue() >= 0 && Double.isFinite(number.doubleValue())) {
            return OptionalDouble.of(number.doubleValue());
        }
        throw new RpcException(name + " is a number, 0 or more");
    }

    Optional<List<?>> list(String name) throws RpcException {
        var value = all.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof List<?> list) || list.size() > MOST) {
            throw new RpcException(name + " is a list of at most " + MOST);
        }
        return Optional.of(list);
    }

    Optional<List<String>> texts(String name) throws RpcException {
        var given = list(name);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        var texts = new ArrayList<String>();
        for (var each : given.get()) {
            if (!(each instanceof String text) || text.length() > LONGEST_TEXT) {
                throw new RpcException(name + " is a list of texts");
            }
            texts.add(text);
        }
        return Optional.of(texts);
    }
}
