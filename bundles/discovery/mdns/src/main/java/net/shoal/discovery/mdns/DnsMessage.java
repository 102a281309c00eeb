package net.shoal.discovery.mdns;

import java.util.List;

/**
 * A message of multicast DNS (RFC 6762).
 *
 * @param id 0 but from those who do not know multicast DNS
 * @param answers with those called additional
 * @param authorities what a prober is going to claim
 */
record DnsMessage(
        int id, boolean isResponse, List<Question> questions, List<DnsRecord> answers, List<DnsRecord> authorities) {
    DnsMessage {
        questions = List.copyOf(questions);
        answers = List.copyOf(answers);
        authorities = List.copyOf(authorities);
    }

    static DnsMessage query(List<Question> questions, List<DnsRecord> known, List<DnsRecord> claims) {
        return new DnsMessage(0, false, questions, known, claims);
    }

    static DnsMessage response(List<DnsRecord> answers) {
        return new DnsMessage(0, true, List.of(), answers, List.of());
    }

    /** What is asked. */
    record Question(DnsName name, int type) {
        boolean asks(DnsName of, int... types) {
            if (!name.equals(of)) {
                return false;
            }
            for (int each : types) {
                if (type == each || type == DnsRecord.TYPE_ANY) {
                    return true;
                }
            }
            return false;
        }
    }
}
