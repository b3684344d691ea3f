package org.cnnzoo.weights.tensors;

import java.nio.BufferUnderflowException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.weights.tensors.PickleValue.Mention;
import org.cnnzoo.weights.tensors.PickleValue.None;
import org.cnnzoo.weights.tensors.PickleValue.Tuple;

/**
 * Reads the pickle of {@code torch.save}: builds tensors, dicts, lists, tuples, strings and
 * numbers, and can't build anything else.
 *
 * <p>A pickle is a program, and the weight files of strangers are pickles. So this machine lacks
 * the instructions that make objects ({@link Opcode}) and knows a dozen names ({@link
 * PickleGlobal}); any other name ends the reading before it is used.
 *
 * <p>The library net.razorvine:pickle was not used: its instructions are package-private, so a
 * subclass can only filter {@code dispatch}; behind that, BUILD calls methods by reflection, names
 * go to a static registry, an unknown class becomes a dict in silence, dicts lose their order, and
 * a length of 2 GB is allocated before the bytes are seen. Overriding all that leaves nothing of
 * it.
 */
final class PickleReader {
    /** A large network with its optimizer has some ten thousand; each takes memory. */
    private static final int MOST_INSTRUCTIONS = 2_000_000;

    private final Path file;
    private final PickleInput in;
    private final PickleStack stack = new PickleStack();

    private PickleReader(Path file, byte[] pickle) {
        this.file = file;
        this.in = new PickleInput(pickle);
    }

    /**
     * The value that the pickle builds, see {@link PickleValue}.
     *
     * @param file for messages
     * @throws BadInput if it mentions a name of Python that is no tensor's
     * @throws DamagedFile if it is no pickle, or one of other things than tensors
     */
    static Object read(Path file, byte[] pickle) throws DamagedFile {
        PickleReader reader = new PickleReader(file, pickle);
        try {
            return reader.run();
        } catch (BufferUnderflowException e) {
            throw new DamagedFile("its pickle ends too early", e);
        }
    }

    private Object run() throws DamagedFile {
        for (int i = 0; i < MOST_INSTRUCTIONS; i++) {
            int at = in.position();
            int code = in.unsignedByte();
            Opcode opcode =
                    Opcode.of(code)
                            .orElseThrow(
                                    () ->
                                            new DamagedFile(
                                                    "its pickle has instruction 0x%02x at byte %d, which no tensor needs"
                                                            .formatted(code, at)));
            if (opcode == Opcode.STOP) {
                return stack.pop();
            }
            execute(opcode);
        }
        throw new DamagedFile(
                "its pickle has more than %d instructions".formatted(MOST_INSTRUCTIONS));
    }

    private void execute(Opcode opcode) throws DamagedFile {
        switch (opcode) {
            case PROTO -> in.unsignedByte();
            case FRAME -> in.bytes(Long.BYTES);
            case MARK -> stack.mark();
            case POP -> stack.pop();
            case POP_MARK -> stack.popToMark();
            case NONE -> stack.push(None.NONE);
            case NEWTRUE -> stack.push(true);
            case NEWFALSE -> stack.push(false);
            case BININT -> stack.push((long) in.signedInt());
            case BININT1 -> stack.push((long) in.unsignedByte());
            case BININT2 -> stack.push((long) in.unsignedShort());
            case LONG1 -> stack.push(in.wholeNumber(in.unsignedByte()));
            case BINFLOAT -> stack.push(in.bigEndianDouble());
            case BINUNICODE -> stack.push(in.text(in.unsignedInt()));
            case SHORT_BINUNICODE -> stack.push(in.text(in.unsignedByte()));
            case EMPTY_TUPLE -> stack.push(new Tuple(List.of()));
            case TUPLE -> stack.push(new Tuple(stack.popToMark()));
            case TUPLE1 -> stack.push(new Tuple(stack.pop(1)));
            case TUPLE2 -> stack.push(new Tuple(stack.pop(2)));
            case TUPLE3 -> stack.push(new Tuple(stack.pop(3)));
            case EMPTY_LIST -> stack.push(new ArrayList<>());
            case APPEND -> append(stack.pop(1));
            case APPENDS -> append(stack.popToMark());
            case EMPTY_DICT -> stack.push(new LinkedHashMap<>());
            case SETITEM -> setItems(stack.pop(2));
            case SETITEMS -> setItems(stack.popToMark());
            case BINPUT -> stack.remember(in.unsignedByte());
            case LONG_BINPUT -> stack.remember(in.unsignedInt());
            case MEMOIZE -> stack.rememberNext();
            case BINGET -> stack.recall(in.unsignedByte());
            case LONG_BINGET -> stack.recall(in.unsignedInt());
            case GLOBAL, INST -> stack.push(mention(in.line(), in.line()));
            case STACK_GLOBAL -> {
                String name = stack.pop(String.class, "a name");
                stack.push(mention(stack.pop(String.class, "a module"), name));
            }
            case REDUCE -> {
                Tuple arguments = stack.pop(Tuple.class, "arguments");
                PickleGlobal function = stack.pop(Mention.class, "a function").global();
                stack.push(PickleCall.of(function, arguments.items()));
            }
            case BUILD -> {
                // Attributes of an OrderedDict: versions of the layers, no tensors
                stack.pop();
                stack.peek(Map.class, "a dict");
            }
            case BINPERSID -> stack.push(PickleCall.storage(stack.pop(Tuple.class, "a storage")));
            case STOP -> throw new IllegalStateException();
        }
    }

    private Mention mention(String module, String name) {
        String python = module + "." + name;
        return PickleGlobal.named(python).map(Mention::new).orElseThrow(() -> refusal(python));
    }

    /** Whatever comes first and is made anew of its class is the model itself. */
    private BadInput refusal(String python) {
        boolean whole = stack.isEmpty() && PickleCall.isNewObject(in.rest());
        String name = DamagedFile.quoted(python);
        return new BadInput(
                "%s holds %s; only tensors are read%nin Python: torch.save(model.state_dict(), 'weights.pth')"
                        .formatted(
                                file,
                                whole
                                        ? "a whole model, pickled as an object of " + name
                                        : "a " + name));
    }

    @SuppressWarnings("unchecked")
    private void append(List<Object> values) throws DamagedFile {
        ((List<Object>) stack.peek(List.class, "a list")).addAll(values);
    }

    @SuppressWarnings("unchecked")
    private void setItems(List<Object> pairs) throws DamagedFile {
        Map<Object, Object> dict = stack.peek(Map.class, "a dict");
        if (pairs.size() % 2 != 0) {
            throw new DamagedFile("its pickle has a dict with a key that has no value");
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            Object key = pairs.get(i);
            // Hashing a list or tuple would go as deep as a stranger likes
            if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
                throw new DamagedFile(
                        "its pickle has a dict with keys that are no words or numbers");
            }
            dict.put(key, pairs.get(i + 1));
        }
    }
}
