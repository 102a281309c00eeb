package net.shoal.itests.interop;

/** The clients of Debian that Shoal is held against. */
enum OtherClient {
    TRANSMISSION("transmission.py") {
        @Override
        void require() {
            Programs.require("transmission-daemon", "transmission-daemon");
        }
    },
    ARIA2("aria2.py") {
        @Override
        void require() {
            Programs.require("aria2c", "aria2");
        }
    },
    LIBTORRENT("rasterbar.py") {
        @Override
        void require() {
            Programs.requirePythonModule("libtorrent", "python3-libtorrent");
        }
    };

    private final String driver;

    OtherClient(String driver) {
        this.driver = driver;
    }

    /** Skips the test where the client is not installed. */
    abstract void require();

    String driver() {
        return driver;
    }
}
