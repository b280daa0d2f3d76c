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
}
