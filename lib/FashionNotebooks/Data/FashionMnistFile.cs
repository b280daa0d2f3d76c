namespace FashionNotebooks;

/// <summary>One of the four archives, and what its uncompressed content has to be.</summary>
internal sealed record FashionMnistFile(string Name, long[] Dimensions, string Sha256)
{
    public static readonly FashionMnistFile TrainImages = new("train-images-idx3-ubyte.gz", [60_000, 28, 28],
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888");

    public static readonly FashionMnistFile TrainLabels = new("train-labels-idx1-ubyte.gz", [60_000],
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9");

    public static readonly FashionMnistFile TestImages = new("t10k-images-idx3-ubyte.gz", [10_000, 28, 28],
        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b");

    public static readonly FashionMnistFile TestLabels = new("t10k-labels-idx1-ubyte.gz", [10_000],
        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

    public int HeaderLength => 4 + (4 * Dimensions.Length);
    public int Length => HeaderLength + (int)Dimensions.Aggregate((product, size) => product * size);

    /// <summary>What copies of the archive, and of its content, are called.</summary>
    public string[] Names => [Name, Name.Replace("-idx", ".idx"), Name[..^3], Name[..^3].Replace("-idx", ".idx")];

    /// <summary>What to do if it is missing or something else.</summary>
    public string Advice => $"Restore it from the repository, or take {Name} from the folder data/fashion of "
        + $"https://github.com/zalandoresearch/fashion-mnist: its content, unpacked, has the SHA-256 {Sha256}.";
}
