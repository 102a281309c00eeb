package net.shoal.api.transfer;

/** Something happened to a transfer. */
public sealed interface TransferEvent {
    Transfer transfer();

    record Added(Transfer transfer) implements TransferEvent {}

    record MetadataReceived(Transfer transfer) implements TransferEvent {}

    record StateChanged(Transfer transfer, TransferState before, TransferState now) implements TransferEvent {}

    /** All that is wanted was downloaded and verified. */
    record Completed(Transfer transfer) implements TransferEvent {}

    record Removed(Transfer transfer) implements TransferEvent {}
}
