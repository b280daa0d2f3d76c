using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>Models and images that are not the course's own.</summary>
public class EvaluatorInputTests : ScratchTests
{
    // ConvNet has a scope of its own; most forwards have none.
    [Fact]
    public void What_forward_leaves_of_a_part_is_gone_before_the_next()
    {
        Tensor? left = null;
        bool isGone = true;
        var model = new CustomModel((x, its) =>
        {
            isGone &= left?.IsInvalid ?? true;
            left = x.flatten(1) + 1;
            return its[0].call(left);
        }, nn.Linear(64, 10));

        Assert.Equal([20, 10], Evaluator.Logits(model, rand(20, 1, 8, 8), batchSize: 5).shape);
        Assert.True(isGone);
    }

    [Theory]
    [InlineData(ScalarType.Byte, 2L, 1L, 28L, 28L)]
    [InlineData(ScalarType.Float32, 1L, 28L, 28L)]
    [InlineData(ScalarType.Float32, 2L, 1L, 32L, 32L)]
    [InlineData(ScalarType.Float32, 2L, 3L, 28L, 28L)]
    public void Images_that_the_model_does_not_take_are_named_in_words(ScalarType type, params long[] shape)
    {
        var e = Assert.Throws<ArgumentException>(() => Evaluator.Predict(new ConvNet(), zeros(shape, type)));

        Assert.Contains($"ConvNet does not take images [{string.Join(", ", shape)}] {type}: ", e.Message);
        Assert.DoesNotContain("frame #", e.ToString()); // of a C++ stack
        Assert.Contains("ConvNet.forward", e.ToString());
    }

    [Theory]
    [InlineData(float.PositiveInfinity, 2, 1, 1.0)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, 1, 0.5)]
    [InlineData(1, float.NegativeInfinity, 0, 0.5)]
    [InlineData(1, float.NaN, 2, double.NaN)]
    public void A_mistake_is_what_argmax_takes_for_another_class(float second, float third, int predicted, double sure)
    {
        Tensor logits = from_array(new float[,] { { 1, second, third } });

        Mistake mistake = Assert.Single(Evaluator.MostConfidentMistakes(tensor([(predicted + 1L) % 3]), logits));

        Assert.Equal(logits.argmax(1).item<long>(), mistake.PredictedClass);
        Assert.Equal(sure, mistake.Probability);
    }
}
