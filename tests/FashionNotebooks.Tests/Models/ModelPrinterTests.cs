using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class ModelPrinterTests
{
    [Fact]
    public void ConvNet_prints_as_PyTorch_does()
    {
        using var model = new ConvNet();

        Assert.Equal(
            """
            ConvNet(
              (conv1): Sequential(
                (0): Conv2d(1, 16, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))
                (1): ReLU()
                (2): AvgPool2d(kernel_size=2, stride=2, padding=0)
              )
              (conv2): Sequential(
                (0): Conv2d(16, 32, kernel_size=(3, 3), stride=(1, 1))
                (1): ReLU()
                (2): AvgPool2d(kernel_size=2, stride=2, padding=0)
              )
              (classifier): Sequential(
                (0): Linear(in_features=1152, out_features=256, bias=True)
                (1): ReLU()
                (2): Linear(in_features=256, out_features=128, bias=True)
                (3): ReLU()
                (4): Linear(in_features=128, out_features=10, bias=True)
              )
            )
            """,
            model.ToString());
    }

    [Fact]
    public void DilatedConvNet_prints_its_dilation()
    {
        using var model = new DilatedConvNet();

        string[] lines = model.ToString().Split('\n');

        Assert.Equal("DilatedConvNet(", lines[0]);
        Assert.Equal(
            "    (0): Conv2d(1, 16, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), dilation=(2, 2))", lines[2]);
        Assert.Equal("    (0): Conv2d(16, 32, kernel_size=(3, 3), stride=(1, 1), dilation=(2, 2))", lines[7]);
        Assert.Equal("    (0): Linear(in_features=512, out_features=256, bias=True)", lines[12]);
    }

    [Fact]
    public void Settings_that_the_tutorial_does_not_use_are_printed_too()
    {
        using var model = nn.Sequential(
            nn.Conv2d(4, 4, kernel_size: 3, groups: 2),
            nn.Conv2d(4, 8, kernel_size: (3, 1), padding: Padding.Same, padding_mode: PaddingModes.Reflect, bias: false),
            nn.ReLU(inplace: true), nn.AvgPool2d(2), nn.MaxPool2d(3, stride: 2), nn.Dropout(0.25), nn.Flatten());

        Assert.Equal(
            """
            Sequential(
              (0): Conv2d(4, 4, kernel_size=(3, 3), stride=(1, 1), groups=2)
              (1): Conv2d(4, 8, kernel_size=(3, 1), stride=(1, 1), padding=same, bias=False, padding_mode=reflect)
              (2): ReLU(inplace=True)
              (3): AvgPool2d(kernel_size=2, stride=2, padding=0)
              (4): MaxPool2d(kernel_size=3, stride=2, padding=0, dilation=1, ceil_mode=False)
              (5): Dropout(p=0.25, inplace=False)
              (6): Flatten(start_dim=1, end_dim=-1)
            )
            """,
            ModelPrinter.Print(model));
    }
}
