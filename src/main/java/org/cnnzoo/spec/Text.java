package org.cnnzoo.spec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** From a file's bytes to text, or a message that says where it is none. */
final class Text {
    private static final String EXPECTED = "; a YAML file in UTF-8 was expected";

    private Text() {}

    static String decode(String file, byte[] bytes) {
        if (bytes.length > 1 && (bytes[0] & 0xff) + (bytes[1] & 0xff) == 0xff + 0xfe) {
            throw new SpecException(new Where(file, 1, 1), "is UTF-16" + EXPECTED);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        boolean broken =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(in, out, true)
                        .isError();
        String text = out.flip().toString();
        if (broken) {
            throw new SpecException(
                    at(file, text, text.length()),
                    String.format("holds the byte 0x%02x, which is not UTF-8", in.get())
                            + EXPECTED);
        }
        return text;
    }

    /** Refuses control characters, as YAML does. */
    static void check(String file, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r' && c != 0x85) {
                throw new SpecException(
                        at(file, text, i),
                        String.format("holds the control character 0x%02x", (int) c) + EXPECTED);
            }
        }
    }

    private static Where at(String file, String text, int index) {
        int line = 1 + (int) text.substring(0, index).chars().filter(c -> c == '\n').count();
        return new Where(file, line, index - text.lastIndexOf('\n', index - 1));
    }
}
