package net.shoal.discovery.mdns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads messages of anybody: what is malformed is none, what is of no interest is left out, and all of it is bounded. */
final class DnsReader {
    /** Questions and records of one message that are read; more are not. */
    static final int MOST_ENTRIES = 100;
    /** Strings of one TXT record that are kept. */
    static final int MOST_STRINGS = 20;

    private static final int CLASS_IN = 1;
    private static final int CLASS_ANY = 255;
    /** The top bit of a class asks for a unicast answer, or says that an answer is the only one. */
    private static final int CLASS_BITS = 0x7fff;

    private static final int RESPONSE = 0x8000;
    private static final int OPCODE = 0x7800;
    private static final int POINTER = 0xc0;

    private final ByteBuffer in;

    private DnsReader(ByteBuffer in) {
        this.in = in;
    }

    /** Empty for what is none. */
    static Optional<DnsMessage> read(ByteBuffer datagram) {
        try {
            return new DnsReader(datagram.slice()).message();
        } catch (BufferUnderflowException | MalformedException e) {
            return Optional.empty();
        }
    }

    private static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException() {
            super("malformed", null, false, false);
        }
    }

    private Optional<DnsMessage> message() throws MalformedException {
        int id = in.getShort() & 0xffff;
        int flags = in.getShort() & 0xffff;
        if ((flags & OPCODE) != 0) {
            return Optional.empty();
        }
        int asked = in.getShort() & 0xffff;
        int answered = in.getShort() & 0xffff;
        int claimed = in.getShort() & 0xffff;
        int added = in.getShort() & 0xffff;
        if (asked + answered + claimed > MOST_ENTRIES) {
            return Optional.empty();
        }
        var questions = new ArrayList<DnsMessage.Question>();
        for (int i = 0; i < asked; i++) {
            question(questions);
        }
        var answers = new ArrayList<DnsRecord>();
        records(answered, answers);
        var authorities = new ArrayList<DnsRecord>();
        records(claimed, authorities);
        records(Math.min(added, MOST_ENTRIES - asked - answered - claimed), answers);
        return Optional.of(new DnsMessage(id, (flags & RESPONSE) != 0, questions, answers, authorities));
    }

    private void question(List<DnsMessage.Question> questions) throws MalformedException {
        var name = name();
        int type = in.getShort() & 0xffff;
        if (isInternet(in.getShort())) {
            questions.add(new DnsMessage.Question(name, type));
        }
    }

    private void records(int count, List<DnsRecord> records) throws MalformedException {
        for (int i = 0; i < count; i++) {
            var name = name();
            int type = in.getShort() & 0xffff;
            boolean isInternet = isInternet(in.getShort());
            long ttl = Math.max(0, in.getInt());
            int length = in.getShort() & 0xffff;
            int end = in.position() + length;
            if (end > in.limit()) {
                throw new MalformedException();
            }
            if (isInternet) {
                record(name, type, ttl, length).ifPresent(records::add);
            }
            if (in.position() > end) {
                throw new MalformedException();
            }
            in.position(end);
        }
    }

    private static boolean isInternet(short value) {
        int kind = value & CLASS_BITS;
        return kind == CLASS_IN || kind == CLASS_ANY;
    }

    private Optional<DnsRecord> record(DnsName name, int type, long ttl, int length) throws MalformedException {
        return switch (type) {
            case DnsRecord.TYPE_PTR -> Optional.of(new DnsRecord.Ptr(name, ttl, name()));
            case DnsRecord.TYPE_SRV -> {
                // priority and weight: a node is one place
                in.getInt();
                yield Optional.of(new DnsRecord.Srv(name, ttl, in.getShort() & 0xffff, name()));
            }
            case DnsRecord.TYPE_TXT -> Optional.of(new DnsRecord.Txt(name, ttl, strings(length)));
            case DnsRecord.TYPE_A -> Optional.of(new DnsRecord.Address(name, ttl, address(length, 4)));
            case DnsRecord.TYPE_AAAA -> Optional.of(new DnsRecord.Address(name, ttl, address(length, 16)));
            default -> Optional.empty();
        };
    }

    private List<String> strings(int length) throws MalformedException {
        int end = in.position() + length;
        var strings = new ArrayList<String>();
        while (in.position() < end && strings.size() < MOST_STRINGS) {
            int size = in.get() & 0xff;
            if (size > end - in.position()) {
                throw new MalformedException();
            }
            strings.add(text(size));
        }
        return strings;
    }

    private InetAddress address(int length, int expected) throws MalformedException {
        if (length != expected) {
            throw new MalformedException();
        }
        var bytes = new byte[length];
        in.get(bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("4 and 16 bytes are an address", impossible);
        }
    }

    /** A pointer leads to what was before (RFC 1035, section 4.1.4), each to before the last, so that none leads around in a circle. */
    private DnsName name() throws MalformedException {
        var labels = new ArrayList<String>();
        int before = in.position();
        int length = 1;
        int after = -1;
        for (int size = in.get() & 0xff; size != 0; size = in.get() & 0xff) {
            if ((size & POINTER) == POINTER) {
                int to = (size & ~POINTER) << 8 | (in.get() & 0xff);
                after = after < 0 ? in.position() : after;
                if (to >= before) {
                    throw new MalformedException();
                }
                before = to;
                in.position(to);
                continue;
            }
            length += 1 + size;
            if (size > DnsName.MAX_LABEL || length > DnsName.MAX_LENGTH) {
                throw new MalformedException();
            }
            labels.add(text(size));
        }
        if (after >= 0) {
            in.position(after);
        }
        return new DnsName(labels);
    }

    private String text(int size) {
        if (size > in.remaining()) {
            throw new BufferUnderflowException();
        }
        var bytes = new byte[size];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
