package net.shoal.ui.rpc.transmission;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.api.transfer.TransferChange.Force;
import net.shoal.api.transfer.TransferChange.Pause;
import net.shoal.api.transfer.TransferChange.Queue;
import net.shoal.api.transfer.TransferChange.Recheck;
import net.shoal.api.transfer.TransferChange.Resume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the method that a request names, and says in a sentence what does not work. */
final class Methods {
    private static final Logger LOG = LoggerFactory.getLogger(Methods.class);

    private final Map<String, Method> all = new HashMap<>();

    /** Gives the arguments of the answer. */
    private interface Method {
        Map<String, ?> call(Arguments arguments) throws RpcException, InterruptedException;
    }

    /** One that answers nothing. */
    private interface Order {
        void carryOut(Arguments arguments) throws RpcException, InterruptedException;
    }

    Methods(
            TorrentGet get,
            TorrentAdd add,
            TorrentSet set,
            Actions actions,
            SessionSettings session,
            SessionStats stats) {
        all.put("torrent-get", get::answer);
        all.put("torrent-add", add::answer);
        all.put("torrent-rename-path", actions::rename);
        order("torrent-set", arguments -> {
            set.check(arguments);
            actions.each(arguments, transfer -> set.apply(transfer, arguments));
        });
        order("torrent-remove", actions::remove);
        order("torrent-set-location", actions::move);
        order("torrent-start", arguments -> actions.change(arguments, new Force(false), new Resume()));
        order("torrent-start-now", arguments -> actions.change(arguments, new Force(true), new Resume()));
        order("torrent-stop", arguments -> actions.change(arguments, new Pause()));
        order("torrent-verify", arguments -> actions.change(arguments, new Recheck()));
        order("queue-move-top", arguments -> actions.queue(arguments, Queue.Place.TOP));
        order("queue-move-up", arguments -> actions.queue(arguments, Queue.Place.UP));
        order("queue-move-down", arguments -> actions.queue(arguments, Queue.Place.DOWN));
        order("queue-move-bottom", arguments -> actions.queue(arguments, Queue.Place.BOTTOM));
        all.put("session-get", session::get);
        order("session-set", session::set);
        all.put("session-stats", arguments -> stats.answer());
        all.put("free-space", FreeSpace::answer);
        refusals();
    }

    private void order(String name, Order order) {
        all.put(name, arguments -> {
            order.carryOut(arguments);
            return Map.of();
        });
    }

    private void refusals() {
        refuse("torrent-reannounce", "a node asks its trackers by itself, as often as they permit");
        refuse(
                "port-test",
                "a node asks nobody on the internet about its port; the doctor of the console, or `shoal doctor`, tells"
                        + " whether anybody has connected");
        refuse("blocklist-update", "this node takes no lists of addresses to block");
        refuse("session-close", "a node is not ended by this; `shoal stop` on its machine does");
        refuse("group-set", "this node knows no groups of transfers");
        all.put("group-get", arguments -> Map.of("group", List.of()));
    }

    private void refuse(String name, String why) {
        all.put(name, arguments -> {
            throw new RpcException(why);
        });
    }

    /** @return what to send: {@code result}, {@code arguments}, and the {@code tag} that the request has */
    Map<String, ?> answer(String json) throws InterruptedException {
        Optional<Object> tag = Optional.empty();
        try {
            var request = Arguments.ofRequest(json);
            tag = request.value("tag").filter(Number.class::isInstance);
            return Map.of("result", "success", "arguments", call(request), "tag", tag);
        } catch (RpcException e) {
            return failure(e.sentence(), tag);
        } catch (IllegalArgumentException e) {
            return failure(String.valueOf(e.getMessage()), tag);
        } catch (RuntimeException e) {
            LOG.error("A request of a program for Transmission failed for a reason of our own", e);
            return failure("this is a mistake in Shoal, please report it with the log: " + e, tag);
        }
    }

    private Map<String, ?> call(Arguments request) throws RpcException, InterruptedException {
        var name = request.text("method").orElseThrow(() -> new RpcException("method is missing"));
        var method = all.get(name);
        if (method == null) {
            throw new RpcException("there is no method " + name);
        }
        var arguments = request.value("arguments").orElse(Map.of());
        if (!(arguments instanceof Map<?, ?> given)) {
            throw new RpcException("arguments is an object");
        }
        return method.call(new Arguments(given));
    }

    private static Map<String, ?> failure(String sentence, Optional<Object> tag) {
        return Map.of("result", sentence, "arguments", Map.of(), "tag", tag);
    }
}
