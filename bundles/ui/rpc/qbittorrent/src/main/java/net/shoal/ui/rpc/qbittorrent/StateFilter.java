package net.shoal.ui.rpc.qbittorrent;

import java.util.Set;

/** The parameter {@code filter} of a list, by the words of {@link StateWord}. One that nobody knows lets all through, as in qBittorrent. */
final class StateFilter {
    private static final Set<String> PAUSED = Set.of("pausedDL", "pausedUP");

    private StateFilter() {}

    static boolean matches(String filter, String state, boolean moves) {
        boolean up = state.endsWith("UP") || state.equals("uploading");
        return switch (filter) {
            case "downloading" -> state.endsWith("DL") || state.equals("downloading");
            case "seeding" -> up && !state.equals("pausedUP");
            case "completed" -> up;
            case "paused", "stopped" -> PAUSED.contains(state);
            case "resumed", "running" -> !PAUSED.contains(state);
            case "active" -> moves;
            case "inactive" -> !moves;
            case "stalled" -> state.startsWith("stalled");
            case "stalled_uploading" -> state.equals("stalledUP");
            case "stalled_downloading" -> state.equals("stalledDL");
            case "checking" -> state.startsWith("checking");
            case "moving" -> state.equals("moving");
            case "errored" -> state.equals("error") || state.equals("missingFiles");
            default -> true;
        };
    }
}
