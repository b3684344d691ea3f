"""Counts parameters and multiply-adds of networks outside the zoo, with nothing of ours.

Needs PyTorch and torchvision 0.14 or later. Networks that torchvision lacks are written out
below and checked against published counts.
"""
import torch
from torch import nn
import torchvision.models as models
from torchvision.models.resnet import Bottleneck, ResNet
from torchvision.ops import SqueezeExcitation


def macs(net, side):
    total = [0]

    def count(module, _, out):
        if isinstance(module, nn.Conv2d):
            k = module.kernel_size
            total[0] += out.numel() * module.in_channels // module.groups * k[0] * k[1]
        elif isinstance(module, nn.Linear):
            total[0] += out.numel() * module.in_features
    for module in net.modules():
        module.register_forward_hook(count)
    net.eval()
    with torch.no_grad():
        net(torch.zeros(1, 3, side, side))
    return total[0]


class ConvBn(nn.Sequential):
    def __init__(self, cin, cout, k, stride=1, padding=0, act=nn.ReLU()):
        conv = nn.Conv2d(cin, cout, k, stride, padding, bias=False)
        super().__init__(conv, nn.BatchNorm2d(cout), act if act else nn.Identity())


class SeBottleneck(Bottleneck):
    """Hu 2018: the excitation behind the last normalisation."""

    def __init__(self, *a, **kw):
        super().__init__(*a, **kw)
        channels = self.bn3.num_features
        self.bn3 = nn.Sequential(self.bn3, SqueezeExcitation(channels, channels // 16))


class Separable(nn.Sequential):
    def __init__(self, cin, cout):
        super().__init__(nn.Conv2d(cin, cin, 3, 1, 1, groups=cin, bias=False),
                         nn.Conv2d(cin, cout, 1, bias=False), nn.BatchNorm2d(cout))


class Sum(nn.Module):
    def __init__(self, main, side, act=None, scale=1):
        super().__init__()
        self.main, self.side, self.act, self.scale = main, side, act, scale

    def forward(self, x):
        y = self.side(x) + self.scale * self.main(x)
        return self.act(y) if self.act else y


class Concat(nn.Module):
    def __init__(self, *paths):
        super().__init__()
        self.paths = nn.ModuleList(paths)

    def forward(self, x):
        return torch.cat([path(x) for path in self.paths], 1)


def head(channels):
    return nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 1000))


def xception():
    layers = [ConvBn(3, 32, 3, 2), ConvBn(32, 64, 3)]
    for cin, mid, cout, first in [(64, 128, 128, True), (128, 256, 256, False), (256, 728, 728, False)]:
        main = ([] if first else [nn.ReLU()]) + [
            Separable(cin, mid), nn.ReLU(), Separable(mid, cout), nn.MaxPool2d(3, 2, 1)]
        layers.append(Sum(nn.Sequential(*main), ConvBn(cin, cout, 1, 2, act=None)))
    for _ in range(8):
        main = [m for _ in range(3) for m in (nn.ReLU(), Separable(728, 728))]
        layers.append(Sum(nn.Sequential(*main), nn.Identity()))
    main = [nn.ReLU(), Separable(728, 728), nn.ReLU(), Separable(728, 1024), nn.MaxPool2d(3, 2, 1)]
    layers.append(Sum(nn.Sequential(*main), ConvBn(728, 1024, 1, 2, act=None)))
    layers += [Separable(1024, 1536), nn.ReLU(), Separable(1536, 2048), nn.ReLU(), head(2048)]
    return nn.Sequential(*layers)


def darknet19():
    layers, cin = [], 3
    for i, stage in enumerate([[32], [64], [128, 64, 128], [256, 128, 256],
                               [512, 256, 512, 256, 512], [1024, 512, 1024, 512, 1024]]):
        if i:
            layers.append(nn.MaxPool2d(2))
        for j, out in enumerate(stage):
            k = 3 if j % 2 == 0 else 1
            layers.append(ConvBn(cin, out, k, 1, k // 2, nn.LeakyReLU(0.1)))
            cin = out
    return nn.Sequential(*layers, nn.Conv2d(1024, 1000, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten())


def inception_resnet_v2():
    s = nn.Sequential

    def block(channels, scale, mixed, *paths, act=nn.ReLU()):
        return Sum(s(Concat(*paths), nn.Conv2d(mixed, channels, 1)), nn.Identity(), act, scale)
    layers = [ConvBn(3, 32, 3, 2), ConvBn(32, 32, 3), ConvBn(32, 64, 3, 1, 1), nn.MaxPool2d(3, 2),
              ConvBn(64, 80, 1), ConvBn(80, 192, 3), nn.MaxPool2d(3, 2)]
    layers.append(Concat(
        ConvBn(192, 96, 1), s(ConvBn(192, 48, 1), ConvBn(48, 64, 5, 1, 2)),
        s(ConvBn(192, 64, 1), ConvBn(64, 96, 3, 1, 1), ConvBn(96, 96, 3, 1, 1)),
        s(nn.AvgPool2d(3, 1, 1, count_include_pad=False), ConvBn(192, 64, 1))))
    for _ in range(10):
        layers.append(block(320, .17, 128, ConvBn(320, 32, 1),
                            s(ConvBn(320, 32, 1), ConvBn(32, 32, 3, 1, 1)),
                            s(ConvBn(320, 32, 1), ConvBn(32, 48, 3, 1, 1), ConvBn(48, 64, 3, 1, 1))))
    layers.append(Concat(ConvBn(320, 384, 3, 2),
                         s(ConvBn(320, 256, 1), ConvBn(256, 256, 3, 1, 1), ConvBn(256, 384, 3, 2)),
                         nn.MaxPool2d(3, 2)))
    for _ in range(20):
        layers.append(block(1088, .1, 384, ConvBn(1088, 192, 1),
                            s(ConvBn(1088, 128, 1), ConvBn(128, 160, (1, 7), 1, (0, 3)),
                              ConvBn(160, 192, (7, 1), 1, (3, 0)))))
    layers.append(Concat(s(ConvBn(1088, 256, 1), ConvBn(256, 384, 3, 2)),
                         s(ConvBn(1088, 256, 1), ConvBn(256, 288, 3, 2)),
                         s(ConvBn(1088, 256, 1), ConvBn(256, 288, 3, 1, 1), ConvBn(288, 320, 3, 2)),
                         nn.MaxPool2d(3, 2)))
    for i in range(10):
        layers.append(block(2080, .2 if i < 9 else 1, 448, ConvBn(2080, 192, 1),
                            s(ConvBn(2080, 192, 1), ConvBn(192, 224, (1, 3), 1, (0, 1)),
                              ConvBn(224, 256, (3, 1), 1, (1, 0))), act=nn.ReLU() if i < 9 else None))
    return s(*layers, ConvBn(2080, 1536, 1), head(1536))


class OneShot(nn.Module):
    def __init__(self, cin, width, out):
        super().__init__()
        self.convs = nn.ModuleList(
            ConvBn(cin if i == 0 else width, width, 3, 1, 1) for i in range(5))
        self.last = ConvBn(cin + 5 * width, out, 1)

    def forward(self, x):
        all_of_them = [x]
        for conv in self.convs:
            all_of_them.append(conv(all_of_them[-1]))
        return self.last(torch.cat(all_of_them, 1))


def vovnet39():
    layers = [ConvBn(3, 64, 3, 2, 1), ConvBn(64, 64, 3, 1, 1), ConvBn(64, 128, 3, 2, 1)]
    cin = 128
    for i, (width, out, modules) in enumerate([(128, 256, 1), (160, 512, 1), (192, 768, 2), (224, 1024, 2)]):
        if i:
            layers.append(nn.MaxPool2d(3, 2, ceil_mode=True))
        for _ in range(modules):
            layers.append(OneShot(cin, width, out))
            cin = out
    return nn.Sequential(*layers, head(1024))


NETWORKS = [
    ("densenet121", models.densenet121, 224), ("squeezenet1_0", models.squeezenet1_0, 224),
    ("squeezenet1_1", models.squeezenet1_1, 224), ("resnext50_32x4d", models.resnext50_32x4d, 224),
    ("wide_resnet50_2", models.wide_resnet50_2, 224),
    ("shufflenet_v2_x1_0", models.shufflenet_v2_x1_0, 224), ("mnasnet1_0", models.mnasnet1_0, 224),
    ("efficientnet_b0", models.efficientnet_b0, 224), ("efficientnet_b3", models.efficientnet_b3, 300),
    ("inception_v3", lambda: models.inception_v3(weights=None, init_weights=False), 299),
    ("regnet_x_400mf", models.regnet_x_400mf, 224), ("regnet_y_400mf", models.regnet_y_400mf, 224),
    ("convnext_tiny", models.convnext_tiny, 224),
    ("se_resnet50", lambda: ResNet(SeBottleneck, [3, 4, 6, 3]), 224), ("xception", xception, 299),
    ("darknet19", darknet19, 224), ("inception_resnet_v2", inception_resnet_v2, 299),
    ("vovnet39", vovnet39, 224)]
# timm's legacy_seresnet50; Keras's Xception ("Trainable params"); timm's inception_resnet_v2
PUBLISHED = {"se_resnet50": 28088024, "xception": 22855952, "inception_resnet_v2": 55843464}

if __name__ == "__main__":
    for name, make, side in NETWORKS:
        net = make()
        parameters = sum(p.numel() for p in net.parameters())
        assert PUBLISHED.get(name, parameters) == parameters, (name, parameters)
        print(name, parameters, macs(net, side), sep=", ", flush=True)
