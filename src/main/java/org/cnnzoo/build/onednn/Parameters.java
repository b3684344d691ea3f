package org.cnnzoo.build.onednn;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.build.onednn.Value.Dims;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The flat vectors of parameters and gradients, as arrays of a program. */
final class Parameters {
    private final INDArray values;
    private final INDArray gradients;
    private final Map<String, Parameter> byName;

    Parameters(INDArray values, INDArray gradients, List<Parameter> parameters) {
        this.values = values;
        this.gradients = gradients;
        this.byName =
                parameters.stream().collect(Collectors.toMap(Parameter::name, Function.identity()));
    }

    /** A parameter's array; {@code dims} may split or flatten its sizes. */
    Value value(String name, Dims dims, dnnl_memory_desc desc) {
        return at(values, name, dims, desc);
    }

    /** A parameter's gradient. */
    Value gradient(String name, Dims dims, dnnl_memory_desc desc) {
        return at(gradients, name, dims, desc);
    }

    private Value at(INDArray vector, String name, Dims dims, dnnl_memory_desc desc) {
        Parameter parameter = byName.get(name);
        if (parameter == null || parameter.length() != dims.count()) {
            throw new IllegalStateException("no parameter " + name + " of " + dims.sizes());
        }
        Pointer start = vector.data().pointer();
        Pointer pointer =
                new FloatPointer(start)
                        .getPointer(FloatPointer.class, vector.offset() + parameter.offset());
        return Value.at(Storage.fixed(pointer, dims.count() * Float.BYTES), dims, desc);
    }
}
