using Org.BouncyCastle.Crypto.EC;
using BcInteger = Org.BouncyCastle.Math.BigInteger;
using BcPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace Twinbank.Crypto.Tests;

/// <summary>Sums of points, also of those that the formulas of P-256 leave out: equal, opposite, infinity.</summary>
[TestClass]
public sealed class CurveTests
{
    static readonly BcPoint s_base = CustomNamedCurves.GetByName("secp256r1").G;

    [TestMethod]
    public void Sums_of_small_multiples_of_P256_are_the_right_multiples()
    {
        CurveP256 curve = new();
        JacobianAddend[] table = [new(), new(), new(), new()];
        JacobianPoint point = new();
        curve.SetToBase(point);
        curve.FillTable(table, point);
        for (int start = -9; start <= 9; start++)
        {
            for (int digit = -7; digit <= 7; digit += 2)
            {
                SetToMultiple(curve, point, start);
                curve.AddMultiple(point, table, digit);
                AssertIsMultiple(curve, point, start + digit, $"{start} G + {digit} G");

                // The same sum with another Z, as in the middle of a verification.
                SetToMultiple(curve, point, start);
                curve.AddMultiple(point, table, 7);
                curve.AddMultiple(point, table, -7);
                curve.AddMultiple(point, table, digit);
                AssertIsMultiple(curve, point, start + digit, $"({start} + 7 - 7) G + {digit} G");
                curve.Double(point);
                AssertIsMultiple(curve, point, 2 * (start + digit), $"2 * ({start} G + {digit} G)");
            }
        }
    }

    [TestMethod]
    public void The_base_point_of_edwards25519_has_its_encoding_and_its_order()
    {
        EdwardsCurve curve = new();
        EdwardsPoint point = new();
        curve.SetToBase(point);
        byte[] encoded = Convert.FromHexString("5866666666666666666666666666666666666666666666666666666666666666");
        Assert.IsTrue(curve.IsEncodedAs(point, encoded, 0));
        Assert.IsFalse(curve.IsOfSmallOrder(point));

        // L * B is the identity, (L - 1) * B is not.
        EdwardsAddend[] table = [new(), new(), new(), new()];
        curve.FillTable(table, point);
        NonAdjacentForm digits = new();
        digits.Recode(OrderField.OfEdwards25519().Prime);
        point.SetToIdentity();
        for (int i = NonAdjacentForm.DigitCount - 1; i >= 0; i--)
        {
            curve.Double(point, true);
            if (digits.Digit(i) != 0)
            {
                curve.AddMultiple(point, table, digits.Digit(i), true);
            }
        }

        Assert.IsTrue(point.IsIdentity());
        curve.AddMultiple(point, table, -1, true);
        Assert.IsFalse(point.IsIdentity());
        encoded[31] |= 0x80;
        Assert.IsTrue(curve.IsEncodedAs(point, encoded, 0), "-B has the sign bit.");
    }

    static void SetToMultiple(CurveP256 curve, JacobianPoint point, int factor)
    {
        BcPoint expected = s_base.Multiply(BcInteger.ValueOf(factor)).Normalize();
        if (expected.IsInfinity)
        {
            point.SetToInfinity();
            return;
        }

        Assert.IsTrue(curve.TryDecode(point, expected.GetEncoded(compressed: false), 1));
    }

    static void AssertIsMultiple(CurveP256 curve, JacobianPoint point, int factor, string what)
    {
        Assert.AreEqual(factor == 0, point.IsInfinity, what);
        if (factor == 0)
        {
            return;
        }

        BcPoint expected = s_base.Multiply(BcInteger.ValueOf(factor)).Normalize();
        byte[] encoded = expected.GetEncoded(compressed: false);
        Assert.IsTrue(curve.HasX(point, Numbers.ToWords(Numbers.Parse(Convert.ToHexString(encoded, 1, 32)))), what);

        // y, without a division: Y = y * Z^3.
        FieldP256 field = new();
        uint[] y = Numbers.ToWords(Numbers.Parse(Convert.ToHexString(encoded, 33, 32)));
        field.Multiply(y, y, point.Z);
        field.Multiply(y, y, point.Z);
        field.Multiply(y, y, point.Z);
        Assert.AreEqual(Numbers.FromWords(y), Numbers.FromWords(point.Y), what);
    }
}
