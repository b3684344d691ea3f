package org.cnnzoo.onnx;

import org.cnnzoo.spec.Activation;

/** Activation functions in the operations of opset 17. */
final class OnnxActivations {
    private final OnnxGraph graph;

    OnnxActivations(OnnxGraph graph) {
        this.graph = graph;
    }

    String add(Activation activation, String x) {
        return switch (activation.kind()) {
            case RELU -> graph.step("Relu", x).done();
            case RELU6 -> graph.step("Clip", x, graph.constant(0), graph.constant(6)).done();
            case LEAKY_RELU -> alpha("LeakyRelu", activation, x);
            case ELU -> alpha("Elu", activation, x);
            case SELU -> graph.step("Selu", x).done();
            case TANH -> graph.step("Tanh", x).done();
            case SIGMOID -> graph.step("Sigmoid", x).done();
            case HARD_SIGMOID -> hardSigmoid(x);
            case HARD_SWISH -> graph.step("Mul", x, hardSigmoid(x)).done();
            case SWISH -> graph.step("Mul", x, graph.step("Sigmoid", x).done()).done();
            case GELU -> gelu(x);
            case MISH ->
                    graph.step(
                                    "Mul",
                                    x,
                                    graph.step("Tanh", graph.step("Softplus", x).done()).done())
                            .done();
            case SOFTPLUS -> graph.step("Softplus", x).done();
            case SOFTSIGN -> graph.step("Softsign", x).done();
            case IDENTITY -> x;
        };
    }

    private String alpha(String type, Activation activation, String x) {
        return graph.step(type, x).with("alpha", (float) activation.alpha()).done();
    }

    private String hardSigmoid(String x) {
        return graph.step("HardSigmoid", x).with("alpha", 1 / 6f).with("beta", 0.5f).done();
    }

    /** x Phi(x); Gelu itself came with opset 20. */
    private String gelu(String x) {
        String scaled = graph.step("Mul", x, graph.constant((float) Math.sqrt(0.5))).done();
        String cdf = graph.step("Add", graph.step("Erf", scaled).done(), graph.constant(1)).done();
        String half = graph.step("Mul", cdf, graph.constant(0.5f)).done();
        return graph.step("Mul", x, half).done();
    }
}
