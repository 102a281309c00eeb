package net.shoal.ui.rpc.transmission;

/** A request that is not carried out: the sentence becomes its {@code result}. */
final class RpcException extends Exception {
    private static final long serialVersionUID = 1L;

    RpcException(String sentence) {
        super(sentence);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
