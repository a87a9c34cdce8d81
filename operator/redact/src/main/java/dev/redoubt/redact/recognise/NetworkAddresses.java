package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;

/** IP addresses of both versions and hardware addresses. */
final class NetworkAddresses {
    private static final Context VERSION = new Context(
            java.util.Set.of("ip", "ipv4", "host", "server", "address"),
            java.util.Set.of(
                    "version",
                    "versions",
                    "ver",
                    "release",
                    "firmware",
                    "build",
                    "kernel",
                    "driver",
                    "section",
                    "upgrade"),
            24);

    /** A hardware address may have eight octets, and a row of more of them is still one thing. */
    private static final Tail OCTETS = new Tail() {
        /** The state counts what follows the last whole octet: a separator, a digit. */
        @Override
        public int step(int state, int symbol) {
            boolean goesOn = state == 0 ? symbol == ':' || symbol == '-' : Character.digit(symbol, 16) >= 0;
            return goesOn ? (state + 1) % 3 : STOPPED;
        }

        @Override
        public boolean settled(int state) {
            return state == 0;
        }
    };

    private NetworkAddresses() {}

    static List<Recogniser> recognisers() {
        return List.of(
                // one more group is read, to see that the four are not the beginning of a longer number
                Recogniser.word(Entity.IP_ADDRESS, 0.9, "\\d{1,3}(\\.\\d{1,3}){3}(\\.\\d)?")
                        .guardedBy(Guard.DECIMAL)
                        .confirmedBy(NetworkAddresses::version4)
                        .comparedBy(Normal.EXACT),
                Recogniser.word(
                                Entity.IP_ADDRESS,
                                0.9,
                                "(?i)([0-9a-f]{0,4}:){2,7}([0-9a-f]{1,4}|\\d{1,3}(\\.\\d{1,3}){3})?")
                        .guardedBy(Guard.ADDRESS)
                        .confirmedBy(NetworkAddresses::version6)
                        .comparedBy(Normal.LOWER),
                Recogniser.word(Entity.MAC_ADDRESS, 0.9, "(?i)[0-9a-f]{2}([:-][0-9a-f]{2}){5}")
                        .confirmedBy(NetworkAddresses::oneSeparator)
                        .followedBy(OCTETS),
                Recogniser.word(Entity.MAC_ADDRESS, 0.9, "(?i)[0-9a-f]{4}\\.[0-9a-f]{4}\\.[0-9a-f]{4}"));
    }

    private static boolean version4(Candidate candidate) {
        boolean longer = candidate.after(0) == '.' && Candidate.isDigit(candidate.after(1));
        return !longer && quad(candidate, 0) && !candidate.opposed(VERSION);
    }

    /** Four numbers up to 255, written without leading zeros. */
    private static boolean quad(Candidate candidate, int from) {
        int groups = 1;
        int value = 0;
        int digits = 0;
        for (int i = from; i < candidate.length(); i++) {
            if (candidate.at(i) == '.') {
                groups++;
                value = 0;
                digits = 0;
                continue;
            }
            if (digits == 1 && value == 0) {
                return false;
            }
            value = value * 10 + candidate.at(i) - '0';
            digits++;
            if (value > 255) {
                return false;
            }
        }
        return groups == 4;
    }

    private static boolean version6(Candidate candidate) {
        int length = candidate.length();
        if (candidate.after(0) == ':' || candidate.at(0) == ':' && candidate.at(1) != ':') {
            return false;
        }
        boolean openEnd = candidate.at(length - 1) == ':';
        if (openEnd && candidate.at(length - 2) != ':') {
            return false;
        }
        int groups = openEnd ? 0 : 1;
        int gap = -1;
        int firstColon = -1;
        int lastColon = -1;
        boolean quad = false;
        for (int i = 0; i < length; i++) {
            quad |= candidate.at(i) == '.';
            if (candidate.at(i) != ':') {
                continue;
            }
            if (i > 0 && candidate.at(i - 1) == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = i - 1;
            } else if (i > 0) {
                groups++;
            }
            firstColon = firstColon < 0 ? i : firstColon;
            lastColon = i;
        }
        if (quad) {
            if (!quad(candidate, lastColon + 1)) {
                return false;
            }
            groups++; // the last group stands for two
        }
        if (gap < 0) {
            return groups == 8;
        }
        // "std::a" and "[1::2]" are no addresses: those in use begin with a group of three or four digits
        return groups >= 2 && groups <= 7 && (gap >= 3 && firstColon >= 3 || quad);
    }

    private static boolean oneSeparator(Candidate candidate) {
        for (int i = 2; i < candidate.length(); i += 3) {
            if (candidate.at(i) != candidate.at(2)) {
                return false;
            }
        }
        return true;
    }
}
