namespace Twinbank.Crypto;

/// <summary>
/// Points of edwards25519, -x^2 + y^2 = 1 + d * x^2 * y^2 (RFC 8032 section 5.1). Formulas: Hisil, Wong, Carter and
/// Dawson, "Twisted Edwards Curves Revisited" (2008), sections 3.1 and 3.3; they hold for all pairs of points, so no
/// case needs its own code.
/// </summary>
internal sealed class EdwardsCurve
{
    /// <summary>Length of an encoded point and of a scalar.</summary>
    public const int EncodedBytes = 32;

    // d = -121665/121666
    static readonly uint[] s_d =
    {
        0x135978A3, 0x75EB4DCA, 0x4141D8AB, 0x00700A4D, 0x7779E898, 0x8CC74079, 0x2B6FFE73, 0x52036CEE,
    };

    // The base point B: y = 4/5, x even.
    static readonly uint[] s_baseX =
    {
        0x8F25D51A, 0xC9562D60, 0x9525A7B2, 0x692CC760, 0xFDD6DC5C, 0xC0A4E231, 0xCD6E53FE, 0x216936D3,
    };

    static readonly uint[] s_baseY =
    {
        0x66666658, 0x66666666, 0x66666666, 0x66666666, 0x66666666, 0x66666666, 0x66666666, 0x66666666,
    };

    readonly Field25519 _field = new Field25519();
    readonly FieldInverter _inverter;
    readonly EdwardsPoint _scratch = new EdwardsPoint();
    readonly EdwardsAddend _step = new EdwardsAddend();
    readonly uint[] _a = new uint[Integer256.WordCount];
    readonly uint[] _b = new uint[Integer256.WordCount];
    readonly uint[] _c = new uint[Integer256.WordCount];
    readonly uint[] _e = new uint[Integer256.WordCount];

    public EdwardsCurve()
    {
        _inverter = new FieldInverter(_field);
    }

    public void SetToBase(EdwardsPoint point)
    {
        Integer256.Copy(point.X, s_baseX);
        Integer256.Copy(point.Y, s_baseY);
        Integer256.Set(point.Z, 1);
        _field.Multiply(point.T, s_baseX, s_baseY);
    }

    /// <summary>
    /// Decodes a point (RFC 8032 section 5.1.3). False when y is not below p, when no x belongs to y, and for the
    /// encoding of x = 0 with the sign bit set: every point has one encoding.
    /// </summary>
    public bool TryDecode(EdwardsPoint point, byte[] source, int offset)
    {
        Integer256.ReadLittleEndian(point.Y, source, offset);
        uint sign = point.Y[7] >> 31;
        point.Y[7] &= 0x7FFFFFFF;
        if (!Integer256.IsBelow(point.Y, _field.Prime))
        {
            return false;
        }

        // x^2 = u/v with u = y^2 - 1 and v = d * y^2 + 1.
        uint[] u = point.Z;
        uint[] v = point.T;
        Integer256.Set(_a, 1);
        _field.Square(u, point.Y, 1);
        _field.Multiply(v, u, s_d);
        _field.Subtract(u, u, _a);
        _field.Add(v, v, _a);
        if (!TryDivideRoot(point.X, u, v))
        {
            return false;
        }

        if ((point.X[0] & 1) != sign)
        {
            if (Integer256.Is(point.X, 0))
            {
                return false;
            }

            Negate(point.X);
        }

        Integer256.Set(point.Z, 1);
        _field.Multiply(point.T, point.X, point.Y);
        return true;
    }

    /// <summary>
    /// True when the bytes are the one encoding of the point. A point that RFC 8032 would decode leniently, with y not
    /// below p, is not: the comparison is with the canonical y.
    /// </summary>
    public bool IsEncodedAs(EdwardsPoint point, byte[] encoded, int offset)
    {
        _inverter.Invert(_a, point.Z);
        _field.Multiply(_b, point.X, _a);
        _field.Multiply(_c, point.Y, _a);
        _c[7] |= _b[0] << 31;
        Integer256.ReadLittleEndian(_e, encoded, offset);
        return Integer256.Equal(_c, _e);
    }

    /// <summary>True for the eight points whose order divides 8. <paramref name="point"/> is not changed.</summary>
    public bool IsOfSmallOrder(EdwardsPoint point)
    {
        _scratch.CopyFrom(point);
        for (int i = 0; i < 3; i++)
        {
            Double(_scratch, false);
        }

        return _scratch.IsIdentity();
    }

    public void Negate(EdwardsPoint point)
    {
        Negate(point.X);
        Negate(point.T);
    }

    /// <summary>Fills a table with 1, 3, 5 and 7 times the point.</summary>
    public void FillTable(EdwardsAddend[] table, EdwardsPoint point)
    {
        _scratch.CopyFrom(point);
        Double(_scratch, true);
        SetAddend(_step, _scratch);
        _scratch.CopyFrom(point);
        SetAddend(table[0], _scratch);
        for (int i = 1; i < table.Length; i++)
        {
            Add(_scratch, _step, false, true);
            SetAddend(table[i], _scratch);
        }
    }

    /// <summary>Adds digit times the table's point; digit is odd, -7 to 7. T is wrong unless asked for.</summary>
    public void AddMultiple(EdwardsPoint point, EdwardsAddend[] table, int digit, bool needsT)
    {
        bool negative = digit < 0;
        Add(point, table[(negative ? -digit : digit) >> 1], negative, needsT);
    }

    /// <summary>Doubles the point. Only an addition reads T: before another doubling nobody asks for it.</summary>
    public void Double(EdwardsPoint point, bool needsT)
    {
        // All four intermediate results have the opposite sign of the paper's; the products come out the same.
        _field.Square(_a, point.X, 1);
        _field.Square(_b, point.Y, 1);
        _field.Square(_c, point.Z, 1);
        _field.Add(_c, _c, _c);
        _field.Add(_e, point.X, point.Y);
        _field.Square(_e, _e, 1);
        _field.Subtract(point.Z, _a, _b);
        _field.Add(_a, _a, _b);
        _field.Subtract(_e, _a, _e);
        _field.Add(_c, _c, point.Z);
        Combine(point, _e, _c, point.Z, _a, needsT);
    }

    void Add(EdwardsPoint point, EdwardsAddend addend, bool negative, bool needsT)
    {
        _field.Subtract(_a, point.Y, point.X);
        _field.Multiply(_a, _a, negative ? addend.Sum : addend.Difference);
        _field.Add(_b, point.Y, point.X);
        _field.Multiply(_b, _b, negative ? addend.Difference : addend.Sum);
        _field.Multiply(_c, point.T, addend.ScaledT);
        _field.Multiply(point.Z, point.Z, addend.DoubleZ);
        _field.Subtract(_e, _b, _a);
        _field.Add(_a, _b, _a);
        _field.Subtract(_b, point.Z, _c);
        _field.Add(_c, point.Z, _c);
        Combine(point, _e, negative ? _c : _b, negative ? _b : _c, _a, needsT);
    }

    /// <summary>Common end of both formulas: X = EF, Y = GH, Z = FG, T = EH. G may be the point's own Z.</summary>
    void Combine(EdwardsPoint point, uint[] e, uint[] f, uint[] g, uint[] h, bool needsT)
    {
        _field.Multiply(point.X, e, f);
        _field.Multiply(point.Y, g, h);
        _field.Multiply(point.Z, f, g);
        if (needsT)
        {
            _field.Multiply(point.T, e, h);
        }
    }

    void SetAddend(EdwardsAddend addend, EdwardsPoint point)
    {
        _field.Subtract(addend.Difference, point.Y, point.X);
        _field.Add(addend.Sum, point.Y, point.X);
        _field.Add(addend.DoubleZ, point.Z, point.Z);
        _field.Multiply(addend.ScaledT, point.T, s_d);
        _field.Add(addend.ScaledT, addend.ScaledT, addend.ScaledT);
    }

    /// <summary>
    /// Square root of u/v, either of the two; false when there is none. RFC 8032 section 5.1.3:
    /// x = u * v^3 * (u * v^7)^((p - 5) / 8), times a root of -1 when v * x^2 = -u.
    /// </summary>
    bool TryDivideRoot(uint[] x, uint[] u, uint[] v)
    {
        _field.Square(_a, v, 1);
        _field.Multiply(_a, _a, v);
        _field.Square(_b, _a, 1);
        _field.Multiply(_b, _b, v);
        _field.Multiply(_b, _b, u);
        _field.RaiseForRoot(_c, _b);
        _field.Multiply(_c, _c, _a);
        _field.Multiply(x, _c, u);

        _field.Square(_a, x, 1);
        _field.Multiply(_a, _a, v);
        if (Integer256.Equal(_a, u))
        {
            return true;
        }

        _field.Multiply(x, x, Field25519.RootOfMinusOne);
        _field.Add(_a, _a, u);
        return Integer256.Is(_a, 0);
    }

    void Negate(uint[] value)
    {
        Integer256.Set(_a, 0);
        _field.Subtract(value, _a, value);
    }
}
