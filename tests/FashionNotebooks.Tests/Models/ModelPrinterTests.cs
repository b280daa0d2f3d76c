using Snapshooter.Xunit3;
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

    // Compared with what PyTorch 1.13 prints of the same layers.
    [Fact]
    public void Layers_that_the_course_does_not_have_are_printed_too()
    {
        using var model = new CustomModel(
            (x, _) => x,
            nn.Conv1d(1, 4, 3L), nn.Conv3d(1, 4, 3L, padding: 1L, dilation: 2L),
            nn.ConvTranspose1d(4, 8, 3L, bias: false), nn.ConvTranspose2d(4, 4, 2L, stride: 2L, output_padding: 1L),
            nn.Linear(3, 4, hasBias: false), nn.MaxPool1d(2),
            nn.MaxPool2d((3L, 2L), stride: (2L, 1L), padding: (1L, 1L), ceil_mode: true),
            nn.AvgPool3d(2), nn.AdaptiveAvgPool2d(1), nn.AdaptiveAvgPool2d((2, 3)),
            nn.BatchNorm1d(8), nn.BatchNorm2d(8, eps: 0.001, affine: false), nn.InstanceNorm2d(8),
            nn.LayerNorm(new long[] { 8 }), nn.GroupNorm(2, 8), nn.Dropout(1), nn.Dropout2d(0.1, inplace: true),
            nn.Flatten(0), nn.Unflatten(1, new long[] { 4, 4 }), nn.Softmax(1), nn.LogSoftmax(-1),
            nn.ReLU6(inplace: true), nn.LeakyReLU(0.2, inplace: true), nn.LeakyReLU(), nn.ELU(), nn.GELU(),
            nn.Sigmoid(), nn.Identity(), nn.ZeroPad2d(1),
            nn.ConstantPad2d(1, 0.5), nn.PixelShuffle(2), nn.LSTM(28, 16),
            nn.ModuleList<nn.Module>(nn.Tanh(), nn.ReLU()), nn.Sequential(),
            nn.MultiheadAttention(8, 2), nn.Upsample(scale_factor: [2, 2]),
            TrainingCase.Create("view").Model);

        Snapshot.Match(ModelPrinter.Print(model));
    }
}
