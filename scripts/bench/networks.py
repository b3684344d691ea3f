"""PyTorch's side of each case, by name: torchvision's network where it has it, else plain PyTorch."""
import torchvision
from torch import nn


def relu():
    return nn.ReLU(inplace=True)


def lenet5():
    """The popular reading, with ReLU and max pooling, for 28 px."""
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), relu(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), relu(), nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(400, 120), relu(),
        nn.Linear(120, 84), relu(),
        nn.Linear(84, 10))


def vgg16_32px():
    """Hidden layers of 512; at 32 px one pixel is left of the maps."""
    return nn.Sequential(
        torchvision.models.vgg16().features,
        nn.Flatten(),
        nn.Linear(512, 512), relu(), nn.Dropout(),
        nn.Linear(512, 512), relu(), nn.Dropout(),
        nn.Linear(512, 1000))


def mlpconv(channels, kernel, out, cccp1, cccp2, stride=1, padding=None):
    padding = kernel // 2 if padding is None else padding
    return [
        nn.Conv2d(channels, out, kernel, stride, padding), relu(),
        nn.Conv2d(out, cccp1, 1), relu(),
        nn.Conv2d(cccp1, cccp2, 1), relu()]


def nin():
    """As its authors published it for Caffe (arXiv:1312.4400)."""
    return nn.Sequential(
        *mlpconv(3, 11, 96, 96, 96, stride=4, padding=0), nn.MaxPool2d(3, 2, ceil_mode=True),
        *mlpconv(96, 5, 256, 256, 256), nn.MaxPool2d(3, 2, ceil_mode=True),
        *mlpconv(256, 3, 384, 384, 384), nn.MaxPool2d(3, 2, ceil_mode=True),
        nn.Dropout(),
        *mlpconv(384, 3, 1024, 1024, 1000),
        nn.AdaptiveAvgPool2d(1), nn.Flatten())


def resnet18():
    """With one 3x3 convolution as its stem, for 32 px."""
    model = torchvision.models.resnet18()
    model.conv1 = nn.Conv2d(3, 64, 3, padding=1, bias=False)
    model.maxpool = nn.Identity()
    return model


def mobilenet_v1():
    """Table 1 of arXiv:1704.04861, batch normalisation and dropout as Keras has them."""

    def conv_bn(channels, out, kernel, stride=1, groups=1):
        return [
            nn.Conv2d(channels, out, kernel, stride, kernel // 2, groups=groups, bias=False),
            nn.BatchNorm2d(out, eps=1e-3, momentum=0.01),
            nn.ReLU6(inplace=True)]

    layers, channels = conv_bn(3, 32, 3, 2), 32
    rows = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5, (1024, 2), (1024, 1)]
    for out, stride in rows:
        layers += conv_bn(channels, channels, 3, stride, groups=channels) + conv_bn(channels, out, 1)
        channels = out
    return nn.Sequential(
        *layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.001), nn.Linear(1024, 1000))


NETWORKS = {
    "lenet5": lenet5,
    "alexnet": torchvision.models.alexnet,
    "vgg16_32px": vgg16_32px,
    "vgg16": torchvision.models.vgg16,
    "nin": nin,
    "googlenet": lambda: torchvision.models.googlenet(aux_logits=False, init_weights=False),
    "resnet18": resnet18,
    "resnet50": torchvision.models.resnet50,
    "mobilenet_v1": mobilenet_v1,
    "mobilenet_v2": torchvision.models.mobilenet_v2,
    "mobilenet_v3_large": torchvision.models.mobilenet_v3_large,
}
