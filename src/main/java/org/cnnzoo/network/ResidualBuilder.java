package org.cnnzoo.network;

import java.util.List;
import java.util.Optional;
import org.cnnzoo.spec.DropPath;
import org.cnnzoo.spec.Init;
import org.cnnzoo.spec.Join;
import org.cnnzoo.spec.Layer;
import org.cnnzoo.spec.Padding;
import org.cnnzoo.spec.Size;
import org.cnnzoo.spec.SpecException;
import org.cnnzoo.spec.Where;

/** The residuals of a network: a main path, what the shortcut does to meet it, and the sum. */
final class ResidualBuilder {
    private static final Size ONE = Size.square(1);

    private final NetworkBuilder network;
    private final int linearDropPaths;
    private int linearDropPathsSoFar;

    /**
     * @param linearDropPaths how many residuals of the network share a rate that grows linearly
     */
    ResidualBuilder(NetworkBuilder network, int linearDropPaths) {
        this.network = network;
        this.linearDropPaths = linearDropPaths;
    }

    NetworkBuilder.Flow build(
            Layer.Residual layer,
            NetworkBuilder.Flow in,
            String path,
            NetworkBuilder.Frames frames) {
        double dropPath = dropPath(layer.dropPath());
        NetworkBuilder.Flow main = network.walk(layer.main(), in, path + ".main", frames);
        if (layer.scale() != 1) {
            main =
                    network.add(
                            path + ".scale",
                            new Scale(layer.scale()),
                            List.of(main),
                            layer.where());
        }
        NetworkBuilder.Flow joined = main;
        if (!layer.plain()) {
            NetworkBuilder.Flow shortcut =
                    network.walk(layer.shortcut(), in, path + ".shortcut", frames);
            joined = meet(layer, main, shortcut, dropPath, path, frames);
        }
        return network.activation(layer.activation(), joined, path, layer.where());
    }

    private double dropPath(DropPath dropPath) {
        if (!dropPath.linear()) {
            return dropPath.rate();
        }
        int steps = Math.max(1, linearDropPaths - 1);
        return dropPath.rate() * linearDropPathsSoFar++ / steps;
    }

    static int linearDropPaths(List<Layer> layers) {
        int count = 0;
        for (Layer layer : layers) {
            if (layer instanceof Layer.Residual residual) {
                count += residual.dropPath().linear() ? 1 : 0;
                count += linearDropPaths(residual.main()) + linearDropPaths(residual.shortcut());
                if (residual.onMismatch() instanceof Layer.OnMismatch.Through through) {
                    count += linearDropPaths(through.layers());
                }
            } else if (layer instanceof Layer.Auxiliary aux) {
                count += linearDropPaths(aux.layers());
            } else if (layer instanceof Layer.Group group) {
                count += linearDropPaths(group.layers());
            } else if (layer instanceof Layer.Branches branches) {
                for (List<Layer> branch : branches.of().values()) {
                    count += linearDropPaths(branch);
                }
            }
        }
        return count;
    }

    private NetworkBuilder.Flow meet(
            Layer.Residual layer,
            NetworkBuilder.Flow main,
            NetworkBuilder.Flow shortcut,
            double dropPath,
            String path,
            NetworkBuilder.Frames frames) {
        boolean fits =
                layer.join() == Join.CONCAT
                        ? main.shape().withChannels(1).equals(shortcut.shape().withChannels(1))
                        : main.shape().equals(shortcut.shape());
        NetworkBuilder.Flow side = shortcut;
        if (!fits) {
            if (layer.onMismatch() instanceof Layer.OnMismatch.Drop) {
                return main;
            }
            side = adapt(layer, main.shape(), shortcut, path + ".shortcut", frames);
        }
        // only here: dropping a path that has no shortcut would leave nothing of the image
        NetworkBuilder.Flow kept =
                dropPath == 0
                        ? main
                        : network.add(
                                path + ".drop_path",
                                new Dropout(dropPath, Dropout.Unit.IMAGE),
                                List.of(main),
                                layer.where());
        // the shortcut comes first: DenseNet's concatenation has the old channels in front
        return network.add(
                path + "." + layer.join().word(),
                new Merge(layer.join()),
                List.of(side, kept),
                layer.where());
    }

    private NetworkBuilder.Flow adapt(
            Layer.Residual layer,
            Shape wanted,
            NetworkBuilder.Flow shortcut,
            String path,
            NetworkBuilder.Frames frames) {
        Layer.OnMismatch way = layer.onMismatch();
        Where where = layer.where();
        if (way instanceof Layer.OnMismatch.Through through) {
            String own = layer.shortcut().isEmpty() ? path : path + ".mismatch";
            return network.walk(through.layers(), shortcut, own, frames);
        }
        if (way instanceof Layer.OnMismatch.Refuse) {
            throw new SpecException(
                    where,
                    "residual: the main path makes "
                            + wanted
                            + ", the shortcut "
                            + shortcut.shape()
                            + "\n  on_mismatch: project, pad or drop says what to do then"
                            + network.called());
        }
        Size stride = stride(shortcut.shape(), wanted, where);
        if (way instanceof Layer.OnMismatch.Pad) {
            return network.add(
                    path + ".pad",
                    new ShortcutPad(wanted.channels(), stride),
                    List.of(shortcut),
                    where);
        }
        Window pointwise = new Window(ONE, stride, new Padding.Explicit(0, 0, 0, 0), ONE, false);
        Conv2d conv = new Conv2d(wanted.channels(), pointwise, 1, false, projectionInit(layer), 0);
        NetworkBuilder.Flow projected = network.add(path + ".conv", conv, List.of(shortcut), where);
        return network.add(path + ".bn", projectionNorm(layer), List.of(projected), where);
    }

    /** A projection starts and normalises as the convolutions of its main path do. */
    private static Init projectionInit(Layer.Residual layer) {
        return first(layer.main(), "conv")
                .map(single -> single.arguments().init("init"))
                .orElse(Init.HE_FAN_IN);
    }

    private static BatchNorm projectionNorm(Layer.Residual layer) {
        return first(layer.main(), "bn")
                .map(Layer.Single::arguments)
                .map(a -> new BatchNorm(a.number("eps"), a.number("decay"), 1, true))
                .orElse(new BatchNorm(1e-5, 0.9, 1, true));
    }

    private static Optional<Layer.Single> first(List<Layer> layers, String word) {
        for (Layer layer : layers) {
            if (layer instanceof Layer.Single single && single.word().name().equals(word)) {
                return Optional.of(single);
            }
            if (layer instanceof Layer.Group group) {
                Optional<Layer.Single> inside = first(group.layers(), word);
                if (inside.isPresent()) {
                    return inside;
                }
            }
        }
        return Optional.empty();
    }

    private Size stride(Shape from, Shape to, Where where) {
        int h = stride(from.height(), to.height());
        int w = stride(from.width(), to.width());
        if (h == 0 || w == 0 || from.flat() || to.flat()) {
            throw new SpecException(
                    where,
                    "residual: no stride takes the shortcut's "
                            + from
                            + " to the main path's "
                            + to
                            + "\n  give the shortcut layers of its own"
                            + network.called());
        }
        return new Size(h, w);
    }

    /** The step that takes a side to another, or 0 if none does. */
    private static int stride(int from, int to) {
        int near = Math.max(1, Math.round((float) from / to));
        for (int step : new int[] {near, near + 1}) {
            if ((from - 1) / step + 1 == to) {
                return step;
            }
        }
        return 0;
    }
}
