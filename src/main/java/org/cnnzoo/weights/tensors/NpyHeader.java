package org.cnnzoo.weights.tensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text in front of a NumPy array: {@code {'descr': '<f4', 'fortran_order': False, 'shape': (3,
 * 4), }}.
 *
 * @param descr byte order, kind and bytes of a value
 * @param fortran whether the first axis is the fastest
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the
 *     format</a>
 */
record NpyHeader(String descr, boolean fortran, List<Long> shape) {
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    private static final int ALIGNMENT = 64;

    /** NumPy leaves room for the first size to grow to so many digits. */
    private static final int DIGITS = 21;

    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\sL]*)\\)");

    /** Kind and bytes of a value. */
    private static final Map<String, Dtype> DTYPES =
            Map.ofEntries(
                    Map.entry("f2", Dtype.F16),
                    Map.entry("f4", Dtype.F32),
                    Map.entry("f8", Dtype.F64),
                    Map.entry("i1", Dtype.I8),
                    Map.entry("i2", Dtype.I16),
                    Map.entry("i4", Dtype.I32),
                    Map.entry("i8", Dtype.I64),
                    Map.entry("u1", Dtype.U8),
                    Map.entry("u2", Dtype.U16),
                    Map.entry("u4", Dtype.U32),
                    Map.entry("u8", Dtype.U64),
                    Map.entry("b1", Dtype.BOOL));

    static NpyHeader parse(String text) throws DamagedFile {
        List<Long> shape = new ArrayList<>();
        for (String size : find(SHAPE, text, "a shape").replace("L", "").split(",", -1)) {
            if (!size.isBlank()) {
                try {
                    shape.add(Long.valueOf(size.strip()));
                } catch (NumberFormatException e) {
                    throw new DamagedFile("a size of " + DamagedFile.quoted(size), e);
                }
            }
        }
        return new NpyHeader(
                find(DESCR, text, "a type of plain numbers"),
                find(FORTRAN, text, "a fortran_order").equals("True"),
                shape);
    }

    private static String find(Pattern pattern, String text, String what) throws DamagedFile {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new DamagedFile(
                    "its header has not " + what + ": " + DamagedFile.quoted(text.strip()));
        }
        return matcher.group(1);
    }

    Dtype dtype() throws DamagedFile {
        Dtype dtype = descr.matches("[<>|=].*") ? DTYPES.get(descr.substring(1)) : null;
        if (dtype == null) {
            throw new DamagedFile(
                    "values of type %s; %s can be read"
                            .formatted(
                                    DamagedFile.quoted(descr),
                                    DTYPES.keySet().stream()
                                            .sorted()
                                            .collect(Collectors.joining(", "))));
        }
        return dtype;
    }

    ByteOrder order() {
        return descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** Little-endian floats in row-major order, as NumPy writes them to the byte (version 1.0). */
    static byte[] ofFloats(List<Long> shape) {
        String sizes = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
        String text =
                "{'descr': '<f4', 'fortran_order': False, 'shape': (%s%s), }"
                        .formatted(sizes, shape.size() == 1 ? "," : "");
        int room = shape.isEmpty() ? 0 : DIGITS - String.valueOf(shape.get(0)).length();
        int start = MAGIC.length + 2 + Short.BYTES;
        int used = start + text.length() + room + 1;
        int length = used + ALIGNMENT - used % ALIGNMENT;
        byte[] header = new byte[length];
        Arrays.fill(header, (byte) ' ');
        ByteBuffer.wrap(header)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) (length - start))
                .put(text.getBytes(StandardCharsets.US_ASCII));
        header[length - 1] = '\n';
        return header;
    }
}
