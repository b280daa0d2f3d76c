using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

public class ModelPrinterTests
{
    [Fact]
    public void Settings_that_the_tutorial_does_not_use_are_printed_too()
    {
        using var model = nn.Sequential(
            nn.Conv2d(4, 4, kernel_size: 3, groups: 2),
            nn.Conv2d(4, 8, (3, 1), padding: Padding.Same, padding_mode: PaddingModes.Reflect, bias: false),
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
