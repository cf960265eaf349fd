@ Emcraft SmartFusion2 SOM, ARMv7-M: vectors, faults, the border between boot stage and application.
        .syntax unified
        .thumb

        .macro  FUNCTION name
        .global \name
        .thumb_func
        .type   \name, %function
\name:
        .endm

@ Used until C# has built the table in RAM. The first 256 bytes hold nothing else: the MPU closes them.
        .section .vectors, "a", %progbits
        .word   __boot_stack
        .word   reset
        .rept   14
        .word   fault_entry
        .endr

        .section .text.cpu, "ax", %progbits
        FUNCTION reset
        ldr     r0, =__image_info
        ldr     r1, =__memory_map
        b       boot_main

@ Any fault. A stack of its own, because the fault may be the end of another one.
@ C#: fault_main(exception number, frame that the processor stacked). It does not return.
        FUNCTION fault_entry
        mrs     r0, ipsr
        tst     lr, #4
        ite     eq
        mrseq   r1, msp
        mrsne   r1, psp
        ldr     r2, =__fault_stack
        msr     msp, r2
        b       fault_main

@ The boot stage's timer. C#: timer_main(frame); returns from the exception.
        FUNCTION timer_entry
        tst     lr, #4
        ite     eq
        mrseq   r0, msp
        mrsne   r0, psp
        b       timer_main

@ void cpu_launch(uint entry, void* services, uint stackTop)
        FUNCTION cpu_launch
        msr     msp, r2
        mov     r4, r0
        mov     r0, r1
        blx     r4
        ldr     r0, =__fault_stack      @ entry returned
        msr     msp, r0
        b       application_returned

@ A boot service: changes to the boot stage's stack, calls the C# method, and back again. The boot stage itself left
@ that
@ stack for good when it launched the application. The word service_caller is the caller's stack pointer while a service
@ runs; a second call meanwhile is Busy.
@ Aligned, because C# code takes bit 1 of a function pointer for a mark of its own.
        .macro  GATE name, method
        .balign 4
        FUNCTION \name
        push    {r4-r6, lr}
        ldr     r6, =\method
        b       gate
        .endm
        GATE    gate_poll, service_poll
        GATE    gate_confirm, service_confirm
        GATE    gate_console_write, service_console_write
        GATE    gate_milliseconds, service_milliseconds
        GATE    gate_reset, service_reset
        GATE    gate_physical_address, service_physical_address
        GATE    gate_set_interrupt_handler, service_set_interrupt_handler
        .thumb_func
gate:   ldr     r4, =service_caller
        ldr     r5, [r4]
        cbnz    r5, busy
        mov     r5, sp
        str     r5, [r4]
        ldr     r5, =__boot_stack
        mov     sp, r5
        orr     r6, r6, #1
        blx     r6
        ldr     r5, [r4]
        movs    r6, #0
        str     r6, [r4]
        mov     sp, r5
        pop     {r4-r6, pc}
busy:   movs    r0, #0x2C
        pop     {r4-r6, pc}

@ uint cpu_mask_interrupts(), void cpu_unmask_interrupts(uint previous)
        FUNCTION cpu_mask_interrupts
        mrs     r0, primask
        cpsid   i
        bx      lr
        FUNCTION cpu_unmask_interrupts
        msr     primask, r0
        bx      lr
@ void cpu_wait(): until an interrupt is pending, although it may be masked
        FUNCTION cpu_wait
        dsb
        wfi
        bx      lr
        .ltorg

        .section .bss
        .balign 4
        .global service_caller
service_caller:
        .space  4
