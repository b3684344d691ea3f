"""What is compared, and how much of PyTorch's speed is aimed at."""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Case:
    """A network of ours at one size and batch; networks.py has PyTorch's under the same name.

    Targets are ours over PyTorch's: images a second at least, peak memory of training at most; that of bf16 is
    over our own fp32.
    """

    name: str
    model: str
    size: int
    batch: int
    train: float
    inference: float
    sets: tuple = ()
    channels: int = 3
    memory: float = None
    bf16: float = None
    warmup: int = 5

    def flags(self):
        """Of `cnn info` and `cnn bench`: which network."""
        sets = [part for value in self.sets for part in ("--set", value)]
        return ["--model", self.model, *sets, "--input-size", self.size, "--channels", self.channels]

    def title(self):
        return " ".join([f"{self.name}, {self.size} px", *(f"`{value}`" for value in self.sets)])


CASES = [
    Case("lenet5", "lenet5", 28, 64, 1.0, 1.5, ("params.activation=relu", "params.pooling=max"), channels=1,
         warmup=200),  # a step of milliseconds: until the JVM has compiled what it runs
    Case("alexnet", "alexnet", 224, 16, 1.0, 1.0),
    Case("vgg16_32px", "vgg16", 32, 32, 1.1, 1.1, ("params.hidden=512",), bf16=1.6),
    Case("vgg16", "vgg16", 224, 4, 1.0, 1.0, memory=1.2, warmup=2),
    Case("nin", "nin", 224, 16, 1.0, 1.0),
    Case("googlenet", "googlenet_torchvision", 224, 8, 1.0, 1.1, ("params.aux=false",)),
    Case("resnet18", "resnet18", 32, 32, 1.1, 1.2, ("params.stem=cifar",), bf16=1.6),
    Case("resnet50", "resnet50", 224, 4, 1.0, 1.2, memory=1.2, bf16=1.6),
    Case("mobilenet_v1", "mobilenet_v1", 224, 8, 1.0, 1.2),
    Case("mobilenet_v2", "mobilenet_v2", 224, 8, 1.0, 1.2),
    Case("mobilenet_v3_large", "mobilenet_v3_large", 224, 8, 1.0, 1.1),
]
