namespace Twinbank.Crypto;

/// <summary>
/// Points of P-256, y^2 = x^3 - 3x + b (SP 800-186 section 3.2.1.3), in Jacobian coordinates (IEEE 1363-2000 annex
/// A.10). The formulas for sums do not hold for equal or opposite points and for the point at infinity; a forged
/// signature can reach each of these cases, so each has its branch.
/// </summary>
internal sealed class CurveP256
{
    static readonly uint[] s_b =
    {
        0x27D2604B, 0x3BCE3C3E, 0xCC53B0F6, 0x651D06B0, 0x769886BC, 0xB3EBBD55, 0xAA3A93E7, 0x5AC635D8,
    };

    static readonly uint[] s_baseX =
    {
        0xD898C296, 0xF4A13945, 0x2DEB33A0, 0x77037D81, 0x63A440F2, 0xF8BCE6E5, 0xE12C4247, 0x6B17D1F2,
    };

    static readonly uint[] s_baseY =
    {
        0x37BF51F5, 0xCBB64068, 0x6B315ECE, 0x2BCE3357, 0x7C0F9E16, 0x8EE7EB4A, 0xFE1A7F9B, 0x4FE342E2,
    };

    readonly FieldP256 _field = new FieldP256();
    readonly uint[] _negatedY = new uint[Integer256.WordCount];
    readonly JacobianAddend _step = new JacobianAddend();
    readonly uint[] _a = new uint[Integer256.WordCount];
    readonly uint[] _b = new uint[Integer256.WordCount];
    readonly uint[] _c = new uint[Integer256.WordCount];
    readonly uint[] _d = new uint[Integer256.WordCount];

    public uint[] Prime => _field.Prime;

    public void SetToBase(JacobianPoint point)
    {
        Integer256.Copy(point.X, s_baseX);
        Integer256.Copy(point.Y, s_baseY);
        Integer256.Set(point.Z, 1);
    }

    /// <summary>
    /// Reads x then y, 32 bytes each, big-endian. False when a coordinate is not below p or the point is not on the
    /// curve. All-zero bytes, a key table never filled, are not on it. The order of the curve is prime: a point on it
    /// is in the right group.
    /// </summary>
    public bool TryDecode(JacobianPoint point, byte[] source, int offset)
    {
        Integer256.ReadBigEndian(point.X, source, offset);
        Integer256.ReadBigEndian(point.Y, source, offset + (4 * Integer256.WordCount));
        if (!Integer256.IsBelow(point.X, _field.Prime) || !Integer256.IsBelow(point.Y, _field.Prime))
        {
            return false;
        }

        // y^2 = (x^2 - 3) * x + b
        Integer256.Set(_b, 3);
        _field.Square(_a, point.X, 1);
        _field.Subtract(_a, _a, _b);
        _field.Multiply(_a, _a, point.X);
        _field.Add(_a, _a, s_b);
        _field.Square(_b, point.Y, 1);
        Integer256.Set(point.Z, 1);
        return Integer256.Equal(_a, _b);
    }

    /// <summary>True when the x of the point, which is not at infinity, equals the number, which is below p.</summary>
    public bool HasX(JacobianPoint point, uint[] number)
    {
        _field.Square(_a, point.Z, 1);
        _field.Multiply(_a, _a, number);
        return Integer256.Equal(_a, point.X);
    }

    /// <summary>Fills a table with 1, 3, 5 and 7 times the point, which is not at infinity.</summary>
    public void FillTable(JacobianAddend[] table, JacobianPoint point)
    {
        _step.Point.CopyFrom(point);
        Double(_step.Point);
        Complete(_step);
        table[0].Point.CopyFrom(point);
        Complete(table[0]);
        for (int i = 1; i < table.Length; i++)
        {
            table[i].Point.CopyFrom(table[i - 1].Point);
            Add(table[i].Point, _step, _step.Point.Y);
            Complete(table[i]);
        }
    }

    /// <summary>Adds digit times the table's point; digit is odd, -7 to 7.</summary>
    public void AddMultiple(JacobianPoint point, JacobianAddend[] table, int digit)
    {
        if (digit > 0)
        {
            Add(point, table[digit >> 1], table[digit >> 1].Point.Y);
            return;
        }

        JacobianAddend addend = table[-digit >> 1];
        Integer256.Set(_a, 0);
        _field.Subtract(_negatedY, _a, addend.Point.Y);
        Add(point, addend, _negatedY);
    }

    /// <summary>Doubles the point; infinity stays infinity, because Z is a factor of the new Z.</summary>
    public void Double(JacobianPoint point)
    {
        // a = 3 * (X - Z^2) * (X + Z^2), b = Y^2, c = 4 * X * Y^2
        _field.Square(_b, point.Z, 1);
        _field.Subtract(_a, point.X, _b);
        _field.Add(_b, point.X, _b);
        _field.Multiply(_a, _a, _b);
        _field.Add(_b, _a, _a);
        _field.Add(_a, _a, _b);
        _field.Multiply(point.Z, point.Z, point.Y);
        _field.Add(point.Z, point.Z, point.Z);
        _field.Square(_b, point.Y, 1);
        _field.Multiply(_c, point.X, _b);
        _field.Add(_c, _c, _c);
        _field.Add(_c, _c, _c);

        // X' = a^2 - 2c, Y' = a * (c - X') - 8 * Y^4
        _field.Square(point.X, _a, 1);
        _field.Subtract(point.X, point.X, _c);
        _field.Subtract(point.X, point.X, _c);
        _field.Subtract(_c, _c, point.X);
        _field.Multiply(point.Y, _a, _c);
        _field.Add(_b, _b, _b);
        _field.Square(_b, _b, 1);
        _field.Add(_b, _b, _b);
        _field.Subtract(point.Y, point.Y, _b);
    }

    /// <summary>Adds the addend with <paramref name="addendY"/> in place of its Y.</summary>
    void Add(JacobianPoint point, JacobianAddend addend, uint[] addendY)
    {
        if (point.IsInfinity)
        {
            Integer256.Copy(point.X, addend.Point.X);
            Integer256.Copy(point.Y, addendY);
            Integer256.Copy(point.Z, addend.Point.Z);
            return;
        }

        // Over the common denominators: a = X1, b = X2 - X1, c = Y1, d = Y2 - Y1.
        _field.Square(_d, point.Z, 1);
        _field.Multiply(_b, addend.Point.X, _d);
        _field.Multiply(_d, _d, point.Z);
        _field.Multiply(_d, _d, addendY);
        _field.Multiply(_a, point.X, addend.ZSquared);
        _field.Multiply(_c, point.Y, addend.ZCubed);
        _field.Subtract(_b, _b, _a);
        _field.Subtract(_d, _d, _c);
        if (Integer256.Is(_b, 0))
        {
            if (Integer256.Is(_d, 0))
            {
                Double(point);
            }
            else
            {
                point.SetToInfinity();
            }

            return;
        }

        FinishAdd(point, addend.Point.Z);
    }

    /// <summary>Z = Z1 * Z2 * b, X = d^2 - b^3 - 2 * a * b^2, Y = d * (a * b^2 - X) - c * b^3.</summary>
    void FinishAdd(JacobianPoint point, uint[] addendZ)
    {
        _field.Multiply(point.Z, point.Z, addendZ);
        _field.Multiply(point.Z, point.Z, _b);
        _field.Square(point.Y, _b, 1);
        _field.Multiply(_a, _a, point.Y);
        _field.Multiply(_b, _b, point.Y);
        _field.Square(point.X, _d, 1);
        _field.Subtract(point.X, point.X, _b);
        _field.Subtract(point.X, point.X, _a);
        _field.Subtract(point.X, point.X, _a);
        _field.Subtract(_a, _a, point.X);
        _field.Multiply(point.Y, _d, _a);
        _field.Multiply(_c, _c, _b);
        _field.Subtract(point.Y, point.Y, _c);
    }

    void Complete(JacobianAddend addend)
    {
        _field.Square(addend.ZSquared, addend.Point.Z, 1);
        _field.Multiply(addend.ZCubed, addend.ZSquared, addend.Point.Z);
    }
}
