namespace Twinbank.BareMetal.PlatformTest.Language;

/// <summary>Classes, virtual and interface calls, casts, delegates, generics.</summary>
static unsafe class ObjectChecks
{
    static int s_count;

    internal static void Run(CheckList list)
    {
        VirtualCalls(list);
        InterfaceCalls(list);
        Casts(list);
        Boxes(list);
        CalledByPointer(list);
        Generics(list);
        Cleanup(list);
    }

    static void VirtualCalls(CheckList list)
    {
        Shape[] shapes = { new Square(3), new Rectangle(2, 5), new Circle { Radius = 2 } };
        int area = 0;
        int sides = 0;
        foreach (Shape shape in shapes)
        {
            area += shape.Area();
            sides += shape.Sides();
        }

        list.Check("virtual calls", area == 9 + 10 + 12 && sides == 8);
        list.Check("virtual ToString", shapes[1].ToString() == "rectangle" && shapes[0].ToString() == "shape");
    }

    static void InterfaceCalls(CheckList list)
    {
        IStore[] stores = { new PlainStore(), new MaskedStore(), new DoubledStore() };
        int sum = 0;
        for (int i = 0; i < stores.Length; i++)
        {
            stores[i].Write(1, i + 7);
            sum += stores[i].Read(1);
        }

        list.Check("interface calls", sum == 7 + 8 + 18);
        INamed plain = (INamed)CheckList.Opaque(stores[0])!;
        INamed masked = (INamed)CheckList.Opaque(stores[2])!;
        list.Check("explicit implementation", plain.Name == "plain" && masked.Name == "masked");
        list.Check("default interface method", plain.NameLength() == 5 && masked.NameLength() == -1);
    }

    static void Casts(CheckList list)
    {
        object rectangle = CheckList.Opaque(new Rectangle(1, 2))!;
        object circle = CheckList.Opaque(new Circle())!;
        list.Check("class casts", rectangle is Square && circle is not Square && ((Square)rectangle).Width == 1);
        list.Check("as", rectangle as Shape is not null && circle as Rectangle is null);
        list.Check("interface casts", CheckList.Opaque(new PlainStore()) is IStore && rectangle is not IStore);
        list.Check(
            "array casts", CheckList.Opaque(new byte[2]) is byte[] && CheckList.Opaque(new int[2]) is not byte[]);
        list.Check("type patterns", Kind(rectangle) == 2 && Kind(circle) == 3 && Kind("text") == 4 && Kind(null) == 0);
        object[] objects = new string[2];
        objects[0] = "a";
        Shape[] shapes = new Square[2];
        shapes[1] = new Rectangle(1, 1);
        object[] anything = { "a", shapes, circle };
        list.Check("array stores", (string)objects[0] == "a" && shapes[1].Area() == 1 && anything[1] == shapes);
    }

    static int Kind(object? value) => value switch
    {
        Rectangle => 2,
        Shape => 3,
        string => 4,
        _ => 0,
    };

    static void Boxes(CheckList list)
    {
        object number = CheckList.Opaque(CheckList.Opaque(-9L))!;
        object place = CheckList.Opaque(new Place(3, 4))!;
        list.Check("boxes", (long)number == -9 && ((Place)place).Y == 4);
        int? maybe = CheckList.Opaque(5);
        list.Check("nullable value", maybe.HasValue && maybe.Value == 5);
    }

    static void CalledByPointer(CheckList list)
    {
        int captured = CheckList.Opaque(5);
        System.Func<int, int> add = x => x + captured;
        System.Action count = Count;
        count();
        list.Check("delegates", add(2) == 7 && s_count == 1);
        delegate*<int, int, int> sum = &Sum;
        list.Check("function pointer", sum(CheckList.Opaque(2), 3) == 5);
    }

    static void Count() => s_count++;

    static int Sum(int left, int right) => left + right;

    static void Generics(CheckList list)
    {
        Ring<long> numbers = new(4);
        Ring<string> texts = new(2);
        for (int i = 0; i < 6; i++)
        {
            numbers.Push(i);
        }

        texts.Push("a");
        texts.Push("b");
        texts.Push("c");
        list.Check("generic class", numbers.At(1) == 5 && texts.At(0) == "c" && texts.At(1) == "b");
    }

    static void Cleanup(CheckList list)
    {
        int done = 0;
        int first = Leave(1, ref done);
        int second = Leave(2, ref done);
        list.Check("finally", first == 5 && second == 6 && done == 21);
    }

    static int Leave(int way, ref int done)
    {
        try
        {
            if (way == 1)
            {
                return 5;
            }

            done++;
        }
        finally
        {
            done += 10;
        }

        return 6;
    }

    sealed class Ring<T>
    {
        readonly T[] _items;
        int _count;

        internal Ring(int size)
        {
            _items = new T[size];
        }

        internal void Push(T item) => _items[_count++ % _items.Length] = item;

        internal T At(int index) => _items[index];
    }
}
