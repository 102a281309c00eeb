package net.shoal.api.transfer;

/**
 * What a user has made of a transfer.
 *
 * @param sequential pieces in order rather than rarest first
 * @param firstAndLast the first and last pieces of each file before the others, so that it can be previewed
 * @param superSeeding BEP 16
 * @param forced at work whatever the queue says
 * @param queuePosition from 0, over all transfers of the node
 */
public record TransferOptions(
        TransferLimits limits,
        boolean sequential,
        boolean firstAndLast,
        boolean superSeeding,
        boolean forced,
        int queuePosition) {}
