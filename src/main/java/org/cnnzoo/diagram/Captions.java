package org.cnnzoo.diagram;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cnnzoo.network.Activate;
import org.cnnzoo.network.AdaptiveAvgPool;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Dense;
import org.cnnzoo.network.Dropout;
import org.cnnzoo.network.GlobalPool;
import org.cnnzoo.network.GroupNorm;
import org.cnnzoo.network.LayerNorm;
import org.cnnzoo.network.LocalResponseNorm;
import org.cnnzoo.network.Merge;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Operation;
import org.cnnzoo.network.PRelu;
import org.cnnzoo.network.Pool;
import org.cnnzoo.network.Shape;
import org.cnnzoo.network.Softmax;
import org.cnnzoo.network.Window;
import org.cnnzoo.spec.ActivationKind;
import org.cnnzoo.spec.Size;

/** What is written into a box. */
final class Captions {
    private Captions() {}

    /** The box of nodes that belong together, the first of which gives it its kind and title. */
    static Figure.Box box(List<Node> members) {
        Node first = members.get(0);
        Node last = members.get(members.size() - 1);
        List<String> parts = new ArrayList<>();
        for (Node node : members.subList(1, members.size())) {
            if (!isNothing(node.operation())) {
                parts.add(title(node));
            }
        }
        return new Figure.Box(kind(first), title(first), parts, members, last.output());
    }

    private static Kind kind(Node node) {
        Operation operation = node.operation();
        if (operation instanceof Conv2d conv) {
            return conv.groups() > 1 ? Kind.DEPTHWISE : Kind.CONV;
        } else if (operation instanceof Dense) {
            return Kind.DENSE;
        } else if (operation instanceof Pool
                || operation instanceof GlobalPool
                || operation instanceof AdaptiveAvgPool) {
            return Kind.POOL;
        } else if (isNorm(operation) || operation instanceof LocalResponseNorm) {
            return Kind.NORM;
        } else if (isActivation(operation) || operation instanceof Softmax) {
            return Kind.ACTIVATION;
        }
        return operation instanceof Merge ? Kind.JOIN : Kind.OTHER;
    }

    static boolean isNorm(Operation operation) {
        return operation instanceof BatchNorm
                || operation instanceof GroupNorm
                || operation instanceof LayerNorm;
    }

    /** Whether it changes nothing: dropout that drops nothing. */
    static boolean isNothing(Operation operation) {
        return operation instanceof Dropout dropout && dropout.rate() == 0;
    }

    static boolean isActivation(Operation operation) {
        return operation instanceof Activate || operation instanceof PRelu;
    }

    private static String title(Node node) {
        Operation operation = node.operation();
        if (operation instanceof Conv2d conv) {
            return convolution(conv, node);
        } else if (operation instanceof Dense dense) {
            return "dense, " + dense.out();
        } else if (operation instanceof Pool pool) {
            return sides(pool.window().kernel())
                    + (pool.max() ? " max pool" : " mean pool")
                    + stride(pool.window());
        } else if (operation instanceof GlobalPool pool) {
            return "global " + (pool.max() ? "max" : "mean");
        } else if (operation instanceof AdaptiveAvgPool pool) {
            return "mean to " + sides(pool.size());
        } else if (operation instanceof BatchNorm) {
            return "BN";
        } else if (operation instanceof LocalResponseNorm) {
            return "LRN, " + operation.details();
        } else if (operation instanceof Activate activate) {
            return activation(activate.activation().kind());
        } else if (operation instanceof Dropout dropout) {
            // the rate of drop_path grows from block to block; blocks are alike all the same
            String words = dropout.type().replace('_', ' ');
            boolean path = dropout.unit() == Dropout.Unit.IMAGE;
            return path ? words : words + " " + share(dropout.rate());
        }
        String words = operation.type().replace('_', ' ');
        return operation.details().isEmpty() ? words : words + " " + operation.details();
    }

    /** Without zeros at the end. */
    private static String share(double rate) {
        return new BigDecimal(String.format(Locale.ROOT, "%.3f", rate))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String convolution(Conv2d conv, Node node) {
        Window window = conv.window();
        boolean depthwise = conv.depthwise(node.inputShapes().get(0));
        String title =
                sides(window.kernel())
                        + (depthwise ? " depthwise, " : " conv, ")
                        + conv.out()
                        + stride(window);
        if (!window.dilation().equals(Size.square(1))) {
            title += ", dilated " + window.dilation();
        }
        return depthwise || conv.groups() == 1 ? title : title + ", " + conv.groups() + " groups";
    }

    private static String stride(Window window) {
        Size stride = window.stride();
        if (stride.equals(Size.square(1))) {
            return "";
        }
        return ", /" + (stride.height() == stride.width() ? stride : sides(stride));
    }

    private static String sides(Size size) {
        return size.height() + "x" + size.width();
    }

    private static String activation(ActivationKind kind) {
        return switch (kind) {
            case RELU -> "ReLU";
            case RELU6 -> "ReLU6";
            case LEAKY_RELU -> "leaky ReLU";
            case ELU, SELU, GELU -> kind.name();
            default -> kind.word().replace('_', ' ');
        };
    }

    /** A count in three digits, such as {@code 9.4K}. */
    static String brief(long count) {
        if (count < 1000) {
            return Long.toString(count);
        }
        double value = count;
        int unit = -1;
        while (value >= 999.5) {
            value /= 1000;
            unit++;
        }
        String digits = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, digits, value) + "KMGTPE".charAt(unit);
    }

    /** Such as {@code 64x112x112}. */
    static String shape(Shape shape) {
        return String.join("x", shape.sizes().stream().map(String::valueOf).toList());
    }
}
