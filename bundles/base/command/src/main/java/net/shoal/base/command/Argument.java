package net.shoal.base.command;

/** What a command takes without a name. Only the last one may be taken several times. */
public record Argument(String name, ValueType type, Times times) {
    /** How often. */
    public enum Times {
        ONCE,
        ONCE_OR_MORE
    }

    static Argument one(ValueType type) {
        return new Argument(type.placeholder(), type, Times.ONCE);
    }

    static Argument one(String name, ValueType type) {
        return new Argument(name, type, Times.ONCE);
    }

    static Argument many(ValueType type) {
        return new Argument(type.placeholder(), type, Times.ONCE_OR_MORE);
    }

    String usage() {
        return times == Times.ONCE ? name : name + "...";
    }
}
