// csc wants these to exist before it compiles "foreach" over an array, which it turns into a loop over the index.
namespace System.Collections;

public interface IEnumerator
{
    object Current { get; }

    bool MoveNext();
}

public interface IEnumerable
{
    IEnumerator GetEnumerator();
}
