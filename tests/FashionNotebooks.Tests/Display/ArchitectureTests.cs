namespace FashionNotebooks.Tests;

public class ArchitectureTests
{
    [Fact]
    public void Describes_the_stages_with_their_shapes()
    {
        using var model = new DilatedConvNet();

        Assert.Equal(
            "Architecture: Input (1×28×28) → Conv 3×3, dilation 2, ReLU (16×26×26) → Average pool 2×2 (16×13×13) → "
            + "Conv 3×3, dilation 2, ReLU (32×9×9) → Average pool 2×2 (32×4×4) → Flatten (512) → Linear, ReLU (256) → "
            + "Linear, ReLU (128) → Linear (10).",
            Figures.Architecture(model).Description);
    }
}
