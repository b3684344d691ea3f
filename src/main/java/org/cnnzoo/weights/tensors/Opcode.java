package org.cnnzoo.weights.tensors;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The instructions of Python's pickle that tensors, dicts, lists, tuples, strings and numbers are
 * made of: those that {@code torch.save} writes with protocol 2, and what protocol 4 has in their
 * place. Instructions that build objects (NEWOBJ, OBJ, EXT1...) are missing on purpose.
 *
 * @see <a href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">all of them</a>
 */
enum Opcode {
    PROTO(0x80),
    FRAME(0x95),
    STOP('.'),
    MARK('('),
    POP('0'),
    POP_MARK('1'),

    NONE('N'),
    NEWTRUE(0x88),
    NEWFALSE(0x89),
    BININT('J'),
    BININT1('K'),
    BININT2('M'),
    LONG1(0x8a),
    BINFLOAT('G'),
    BINUNICODE('X'),
    SHORT_BINUNICODE(0x8c),

    EMPTY_TUPLE(')'),
    TUPLE('t'),
    TUPLE1(0x85),
    TUPLE2(0x86),
    TUPLE3(0x87),
    EMPTY_LIST(']'),
    APPEND('a'),
    APPENDS('e'),
    EMPTY_DICT('}'),
    SETITEM('s'),
    SETITEMS('u'),

    BINPUT('q'),
    LONG_BINPUT('r'),
    MEMOIZE(0x94),
    BINGET('h'),
    LONG_BINGET('j'),

    GLOBAL('c'),
    STACK_GLOBAL(0x93),
    INST('i'),
    REDUCE('R'),
    BUILD('b'),
    BINPERSID('Q');

    private static final Map<Integer, Opcode> BY_CODE =
            Stream.of(values()).collect(Collectors.toMap(opcode -> opcode.code, opcode -> opcode));

    private final int code;

    Opcode(int code) {
        this.code = code;
    }

    static Optional<Opcode> of(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
