package org.cnnzoo.build.onednn;

import java.util.List;
import java.util.Optional;

/** One operation in a program: emits its calls forward, later those backward. */
interface Unit {
    /**
     * Emits the forward calls.
     *
     * @return the output
     */
    Value forward(List<Value> inputs);

    /**
     * Emits the backward calls; gradients of parameters go where the parameters' are.
     *
     * @param dy the gradient with respect to the output; not to be changed
     * @param needed whether the inputs' gradients are wanted: not those of images
     * @return the inputs' gradients in their order; empty where none is wanted
     */
    Optional<List<Value>> backward(Value dy, boolean needed);
}
