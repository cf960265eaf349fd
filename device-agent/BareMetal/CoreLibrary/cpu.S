@ What C# code compiled by ilc needs in assembly: Thumb-2, the same for ARMv7-A and ARMv7-M.
        .syntax unified
        .thumb

        .macro FUNCTION name
        .global \name
        .thumb_func
        .type   \name, %function
\name:
        .endm

        .section .text.cpu, "ax", %progbits

@ uint (uint dividend, uint divisor), int (int, int). The divide instructions exist on Cortex-M3, A7 and A15.
        FUNCTION cpu_divide_unsigned
        udiv    r0, r0, r1
        bx      lr
        FUNCTION cpu_divide_signed
        sdiv    r0, r0, r1
        bx      lr

@ Stores of references, r0 = address, r1 = object. Nothing is collected, so there is no barrier. The compiler relies on
@ all other registers being kept, which a C# method would not promise.
        FUNCTION RhpAssignRef
        FUNCTION RhpCheckedAssignRef
        str     r1, [r0]
        bx      lr
@ One word of a struct with references: *r0++ = *r1++; only r2 may change besides.
        FUNCTION RhpByRefAssignRef
        ldr     r2, [r1], #4
        str     r2, [r0], #4
        bx      lr

@ Called for frames over a page with r4 = the new stack pointer. Stacks are mapped whole, so there is nothing to touch.
        FUNCTION RhpStackProbe
        bx      lr

@ Interface call: r0 = this, r1 to r3 = arguments, r12 = the call's cell.
        FUNCTION RhpInitialDynamicInterfaceDispatch
        push    {r0-r3, r12, lr}
        mov     r1, r12
        bl      runtime_resolve_interface
        mov     r12, r0
        pop     {r0-r3}
        add     sp, sp, #4
        ldr     lr, [sp], #4
        bx      r12

@ Failing checks. lr = the address behind the failing call. Codes as in PanicCode.cs.
        .macro PANIC name, code
        FUNCTION \name
        movs    r0, #\code
        b       panic_raise
        .endm
        PANIC   panic_index, 2
        PANIC   panic_null, 3
        PANIC   panic_divide, 4
        PANIC   panic_overflow, 5
        PANIC   panic_type_load, 7
        PANIC   RhpThrowEx, 8
        PANIC   RhpRethrow, 8
        PANIC   RhpFallbackFailFast, 9
        PANIC   panic_array_type, 10
        PANIC   panic_not_supported, 11
        FUNCTION panic_raise
        mov     r1, lr
        b       runtime_panic

@ Named by compiled code, never run. The stack canary is read as data from behind its label.
        FUNCTION __aeabi_unwind_cpp_pr0
        FUNCTION __aeabi_unwind_cpp_pr1
        FUNCTION __security_cookie
        bx      lr
