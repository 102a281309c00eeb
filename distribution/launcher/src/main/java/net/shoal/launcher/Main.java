package net.shoal.launcher;

/**
 * The entry. Compiled for Java 8 and on its own: an older Java must be able to load it to say that it is too old, so nothing of ours is
 * named here.
 */
public final class Main {
    private static final double OLDEST_JAVA = 17;

    private Main() {}

    public static void main(String[] args) throws Throwable {
        if (Double.parseDouble(System.getProperty("java.specification.version", "0")) < OLDEST_JAVA) {
            System.err.println("shoal: this is Java " + System.getProperty("java.version") + " ("
                    + System.getProperty("java.home")
                    + "), and Shoal needs Java 17 or later; install one, or name one in JAVA_HOME");
            System.exit(1);
        }
        Class.forName("net.shoal.launcher.Program")
                .getMethod("main", String[].class)
                .invoke(null, (Object) args);
    }
}
