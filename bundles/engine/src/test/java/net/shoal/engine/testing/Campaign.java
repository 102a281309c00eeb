package net.shoal.engine.testing;

/** A test that has many rounds runs some of them in every build, and all of them where the profile {@code campaign} is on. */
public final class Campaign {
    private Campaign() {}

    public static int rounds(int all, int some) {
        return Integer.getInteger("shoal.rounds", isOn() ? all : some);
    }

    public static boolean isOn() {
        return Boolean.getBoolean("shoal.campaign");
    }

    /** What the rounds begin with: another in each campaign that is given one. */
    public static long seed() {
        return Long.getLong("shoal.seed", 1);
    }
}
