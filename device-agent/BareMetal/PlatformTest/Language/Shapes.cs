namespace Twinbank.BareMetal.PlatformTest.Language;

// Types the object checks are made on.
abstract class Shape
{
    internal abstract int Area();

    internal virtual int Sides() => 0;

    public override string ToString() => "shape";
}

class Square : Shape
{
    internal int Width;

    internal Square(int width)
    {
        Width = width;
    }

    internal override int Area() => Width * Width;

    internal override int Sides() => 4;
}

sealed class Rectangle : Square
{
    internal int Height;

    internal Rectangle(int width, int height)
        : base(width)
    {
        Height = height;
    }

    internal override int Area() => Width * Height;

    public override string ToString() => "rectangle";
}

sealed class Circle : Shape
{
    internal int Radius;

    internal override int Area() => 3 * Radius * Radius;
}

interface IStore
{
    int Read(int index);

    void Write(int index, int value);
}

interface INamed
{
    string Name { get; }

    int NameLength() => Name.Length;
}

class PlainStore : IStore, INamed
{
    readonly int[] _values = new int[8];

    public int Read(int index) => _values[index];

    public void Write(int index, int value) => _values[index] = value;

    public string Name => "plain";
}

class MaskedStore : IStore, INamed
{
    readonly int[] _values = new int[8];

    public virtual int Read(int index) => _values[index] ^ 0x55;

    public void Write(int index, int value) => _values[index] = value ^ 0x55;

    string INamed.Name => "masked";

    int INamed.NameLength() => -1;
}

sealed class DoubledStore : MaskedStore
{
    public override int Read(int index) => 2 * base.Read(index);
}
