package net.shoal.discovery.mdns;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes our own messages; they are short, so names are not compressed. */
final class DnsWriter {
    /** Bytes; beyond it a packet may be fragmented. What does not fit is left out, and is the least that matters. */
    static final int USUAL_LENGTH = 1_400;

    private static final int RESPONSE = 0x8400;
    private static final int CLASS_IN = 1;
    /** These are all records of this name and type (RFC 6762, section 10.2). */
    private static final int FLUSH = 0x8000;

    private final ByteBuffer out = ByteBuffer.allocate(USUAL_LENGTH);
    private final boolean mayFlush;

    private DnsWriter(boolean mayFlush) {
        this.mayFlush = mayFlush;
    }

    static ByteBuffer write(DnsMessage message) {
        return new DnsWriter(message.isResponse() && message.id() == 0).message(message);
    }

    private ByteBuffer message(DnsMessage message) {
        out.putShort((short) message.id());
        out.putShort((short) (message.isResponse() ? RESPONSE : 0));
        int counts = out.position();
        out.putLong(0);
        for (var question : message.questions()) {
            name(question.name());
            out.putShort((short) question.type()).putShort((short) CLASS_IN);
        }
        int answers = records(message.answers());
        int authorities = records(message.authorities());
        out.putShort(counts, (short) message.questions().size());
        out.putShort(counts + 2, (short) answers);
        out.putShort(counts + 4, (short) authorities);
        return out.flip();
    }

    /** @return how many had room */
    private int records(List<DnsRecord> records) {
        int written = 0;
        for (var each : records) {
            int start = out.position();
            try {
                record(each);
                written++;
            } catch (java.nio.BufferOverflowException e) {
                out.position(start);
                return written;
            }
        }
        return written;
    }

    private void record(DnsRecord each) {
        name(each.name());
        out.putShort((short) type(each));
        boolean isOnly = mayFlush && !(each instanceof DnsRecord.Ptr);
        out.putShort((short) (isOnly ? CLASS_IN | FLUSH : CLASS_IN));
        out.putInt((int) each.ttl());
        int start = out.position();
        out.putShort((short) 0);
        data(each);
        out.putShort(start, (short) (out.position() - start - 2));
    }

    private static int type(DnsRecord each) {
        if (each instanceof DnsRecord.Ptr) {
            return DnsRecord.TYPE_PTR;
        }
        if (each instanceof DnsRecord.Srv) {
            return DnsRecord.TYPE_SRV;
        }
        if (each instanceof DnsRecord.Address address) {
            return address.address() instanceof Inet4Address ? DnsRecord.TYPE_A : DnsRecord.TYPE_AAAA;
        }
        return DnsRecord.TYPE_TXT;
    }

    private void data(DnsRecord each) {
        if (each instanceof DnsRecord.Ptr ptr) {
            name(ptr.target());
        } else if (each instanceof DnsRecord.Srv srv) {
            out.putInt(0).putShort((short) srv.port());
            name(srv.target());
        } else if (each instanceof DnsRecord.Address address) {
            out.put(address.address().getAddress());
        } else if (each instanceof DnsRecord.Txt txt) {
            txt.strings().forEach(this::string);
        }
    }

    private void name(DnsName name) {
        name.labels().forEach(this::string);
        out.put((byte) 0);
    }

    private void string(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.put((byte) bytes.length).put(bytes);
    }
}
