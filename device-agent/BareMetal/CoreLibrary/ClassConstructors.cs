namespace System.Runtime.CompilerServices;

// Layout contract with ilc: one word before a class's statics holds the constructor's address, 0 once it ran.
struct StaticClassConstructionContext
{
    public nint CctorMethodAddress;
}

// Static constructors that ilc could not evaluate at compile time run at the first use of the class.
static unsafe class ClassConstructorRunner
{
    static object CheckStaticClassConstructionReturnGCStaticBase(
        StaticClassConstructionContext* context, object gcStaticBase)
    {
        Run(context);
        return gcStaticBase;
    }

    static IntPtr CheckStaticClassConstructionReturnNonGCStaticBase(
        StaticClassConstructionContext* context, IntPtr nonGcStaticBase)
    {
        Run(context);
        return nonGcStaticBase;
    }

    static void Run(StaticClassConstructionContext* context)
    {
        nint constructor = context->CctorMethodAddress;
        if (constructor == 0)
        {
            return;
        }

        // Marked first: a constructor that comes back to its own class sees it half made, as on .NET.
        context->CctorMethodAddress = 0;
        ((delegate*<void>)(void*)constructor)();
    }
}
