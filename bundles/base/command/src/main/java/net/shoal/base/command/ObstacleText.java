package net.shoal.base.command;

import java.util.Map;
import java.util.Optional;

/** Why a transfer is not faster, as a sentence for people. */
public final class ObstacleText {
    private ObstacleText() {}

    /**
     * Nothing for what the state of the transfer says, and for what a newer node may know of.
     *
     * @param figures as the engine gives them, {@code code} among them
     */
    public static Optional<String> of(Map<String, ?> figures) {
        return of(new Fields(figures));
    }

    static Optional<String> of(Fields obstacle) {
        return Optional.of(words(obstacle)).filter(words -> !words.isEmpty());
    }

    private static String words(Fields obstacle) {
        long peers = obstacle.number("peers");
        return switch (obstacle.text("code")) {
            case "rate-limit" -> rateLimit(obstacle);
            case "slow-disk" ->
                "peers send faster than the disk writes: " + Humane.size(obstacle.number("waiting"))
                        + " wait to be written";
            case "unreachable" ->
                "nobody has been able to connect to this node: open its port in the router, or see `doctor`; it has only "
                        + counted(peers, "peer");
            case "no-peers" -> "nobody who has it has been found yet";
            case "nobody-answers" ->
                "nobody answers: none of the " + counted(obstacle.number("known"), "peer") + " known is connected";
            case "no-metadata" -> "none of its " + counted(peers, "peer") + " has told what is in it yet";
            case "missing-pieces" ->
                "nobody connected has " + obstacle.number("pieces") + " of the "
                        + counted(obstacle.number("missing"), "piece")
                        + " it lacks; they have to come from somebody new";
            case "nothing-new" ->
                "its " + counted(peers, "peer")
                        + " have nothing that it lacks: all wait for somebody who has the other "
                        + counted(obstacle.number("missing"), "piece");
            case "choked" ->
                counted(peers, "peer") + " could give something, and all serve others first; a turn comes to everybody";
            case "slow-peers" ->
                "this is what its peers give: " + counted(peers, "peer") + ", " + Humane.rate(obstacle.number("rate"))
                        + " together";
            default -> "";
        };
    }

    private static String rateLimit(Fields limit) {
        var whose =
                switch (limit.text("by")) {
                    case "transfer" -> "its own limit";
                    case "schedule" -> "the limit of all transfers at this hour";
                    default -> "the limit of all transfers together";
                };
        return (limit.is("upload") ? "sending" : "receiving") + " is held to " + whose + ", "
                + Humane.rate(limit.number("rate"));
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
