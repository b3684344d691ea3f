package org.cnnzoo.weights.tensors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnzoo.weights.tensors.PickleValue.Storage;
import org.cnnzoo.weights.tensors.PickleValue.View;

/** Opens what {@code torch.save} has written since PyTorch 1.6, see {@link TorchArchive}. */
final class PyTorchReader {
    /** A window that repeats values may be larger than its storage; up to this many it may. */
    private static final int MOST_REPEATED = 1 << 24;

    private final Path file;
    private final TorchArchive archive;

    private PyTorchReader(Path file, TorchArchive archive) {
        this.file = file;
        this.archive = archive;
    }

    /** Reads the pickle and checks every tensor's place; values are read later. */
    static TensorFile open(Path file) throws IOException {
        TorchArchive archive = TorchArchive.open(file);
        try {
            return new PyTorchReader(file, archive).read();
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    private TensorFile read() throws IOException {
        StateDict dict = StateDict.of(file, PickleReader.read(file, archive.pickle()));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, View> entry : dict.tensors().entrySet()) {
            String name = entry.getKey();
            try {
                tensors.put(name, tensor(name, entry.getValue()));
            } catch (DamagedFile e) {
                throw new DamagedFile(
                        "tensor %s: %s".formatted(DamagedFile.quoted(name), e.getMessage()), e);
            }
        }
        String format =
                dict.key().isEmpty()
                        ? "PyTorch state dict"
                        : "PyTorch checkpoint, '%s'".formatted(dict.key());
        return new TensorFile(file, format, tensors, archive);
    }

    private Tensor tensor(String name, View view) throws IOException {
        Storage storage = view.storage();
        TorchArchive.Entry entry = archive.storage(storage.key());
        if (storage.count() < 0
                || storage.count() > entry.size()
                || storage.count() * storage.dtype().bytes() != entry.size()) {
            throw new DamagedFile(
                    "%d values of %s are not the %d bytes of its storage"
                            .formatted(storage.count(), storage.dtype(), entry.size()));
        }
        int count = Shape.checkedCount(view.shape());
        int span = checkedSpan(view);
        if (count > Math.max(storage.count(), MOST_REPEATED)) {
            throw new DamagedFile("%d values made of %d".formatted(count, storage.count()));
        }
        return new Tensor(
                name,
                view.shape(),
                storage.dtype().name(),
                () -> {
                    try {
                        return values(view, span, entry);
                    } catch (IOException e) {
                        throw DamagedFile.failure(file, e);
                    }
                });
    }

    /** Values from the window's first to its last, all of which are in the storage. */
    private static int checkedSpan(View view) throws DamagedFile {
        List<Long> strides = view.strides();
        if (strides.size() != view.shape().size()) {
            throw new DamagedFile(
                    "%d axes with %d strides".formatted(view.shape().size(), strides.size()));
        }
        if (view.offset() < 0 || strides.stream().anyMatch(stride -> stride < 0)) {
            throw new DamagedFile(
                    "strides of %s from value %d on".formatted(Shape.text(strides), view.offset()));
        }
        long span;
        try {
            span = Strides.span(view.shape(), strides);
        } catch (ArithmeticException e) {
            throw new DamagedFile("strides of " + Shape.text(strides) + " overflow", e);
        }
        if (span > 0 && span > view.storage().count() - view.offset()) {
            throw new DamagedFile(
                    "%d values from %d on in a storage of %d"
                            .formatted(span, view.offset(), view.storage().count()));
        }
        if (span > Shape.MOST_VALUES) {
            throw new DamagedFile(
                    "%d values from first to last, more than an array holds".formatted(span));
        }
        return (int) span;
    }

    private float[] values(View view, int span, TorchArchive.Entry entry) throws IOException {
        Dtype dtype = view.storage().dtype();
        float[] values = entry.floats(dtype, archive.order(), view.offset() * dtype.bytes(), span);
        return span == 0 || Strides.areRowMajor(view.shape(), view.strides())
                ? values
                : Strides.gather(values, view.shape(), view.strides());
    }
}
