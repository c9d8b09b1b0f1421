"""What the programs beside it share: LeNet-5 as PyTorch's users would write it, and MNIST's files."""
import gzip

import numpy
import torch
from torch import nn
from torch.nn import functional


class LeNet5(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(400, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = functional.max_pool2d(functional.relu_(self.conv1(x)), 2)
        x = functional.max_pool2d(functional.relu_(self.conv2(x)), 2).flatten(1)
        x = functional.relu_(self.fc1(x))
        x = functional.relu_(self.fc2(x))
        return self.fc3(x)


def read(path, header):
    """The bytes of a gzipped IDX file behind its header."""
    with gzip.open(path) as file:
        return torch.from_numpy(numpy.frombuffer(file.read(), numpy.uint8, offset=header).copy())
