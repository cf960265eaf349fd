@ Emcraft SmartFusion2 SOM, ARMv7-M: vectors, faults, the border between boot stage and application.
        .syntax unified
        .thumb

        .macro  FUNCTION name
        .global \name
        .thumb_func
        .type   \name, %function
\name:
        .endm

@ While the application runs, two regions of the MPU make the boot stage's memory read-only, so that a wild pointer
@ faults instead of damaging what has to recover from it. Board.cs gave the regions their place; here they are switched.
        .equ    MPU_REGION_NUMBER, 0xE000ED98   @ and the attributes 8 bytes behind it
        .equ    OWN_RAM_REGION, 4
        .equ    OWN_HEAP_REGION, 5
        .equ    OWN_RAM_READ_ONLY, 0x160B001F   @ execute never, read-only, ordinary memory, 2^16 bytes, on
        .equ    OWN_HEAP_READ_ONLY, 0x160B0027  @ the same for 2^20 bytes

        .macro  SWITCH region, attributes, pointer, scratch
        movs    \scratch, #\region
        str     \scratch, [\pointer]
        ldr     \scratch, =\attributes
        str     \scratch, [\pointer, #8]
        .endm
        .macro  OPEN_OWN_MEMORY pointer, scratch
        ldr     \pointer, =MPU_REGION_NUMBER
        SWITCH  OWN_RAM_REGION, 0, \pointer, \scratch
        SWITCH  OWN_HEAP_REGION, 0, \pointer, \scratch
        dsb
        isb
        .endm
        .macro  CLOSE_OWN_MEMORY pointer, scratch
        ldr     \pointer, =MPU_REGION_NUMBER
        SWITCH  OWN_HEAP_REGION, OWN_HEAP_READ_ONLY, \pointer, \scratch
        SWITCH  OWN_RAM_REGION, OWN_RAM_READ_ONLY, \pointer, \scratch
        dsb
        isb
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
        OPEN_OWN_MEMORY r1, r0
        mrs     r0, ipsr
        tst     lr, #4
        ite     eq
        mrseq   r1, msp
        mrsne   r1, psp
        ldr     r2, =__fault_stack
        msr     msp, r2
        b       fault_main

@ The boot stage's timer. C#: timer_main(frame). Interrupts stay masked, so that no handler of the application runs, and
@ none that calls a service closes the memory, meanwhile. It leaves the memory as it found it.
        FUNCTION timer_entry
        cpsid   i
        tst     lr, #4
        ite     eq
        mrseq   r0, msp
        mrsne   r0, psp
        push    {r4, lr}
        ldr     r1, =MPU_REGION_NUMBER
        movs    r2, #OWN_RAM_REGION
        str     r2, [r1]
        ldr     r4, [r1, #8]
        OPEN_OWN_MEMORY r1, r2
        bl      timer_main
        cbz     r4, 1f
        CLOSE_OWN_MEMORY r1, r2
1:      cpsie   i
        pop     {r4, pc}

@ void cpu_launch(uint entry, void* services, uint stackTop)
        FUNCTION cpu_launch
        msr     msp, r2
        mov     r4, r0
        mov     r0, r1
        cpsid   i                       @ the timer uses the region number, too
        CLOSE_OWN_MEMORY r1, r2
        cpsie   i
        blx     r4
        cpsid   i                       @ entry returned
        OPEN_OWN_MEMORY r1, r2
        cpsie   i
        ldr     r0, =__fault_stack
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
        push    {r4-r7, lr}
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
        mrs     r7, primask
        cpsid   i
        ldr     r5, [r4]
        cbnz    r5, busy
        OPEN_OWN_MEMORY r12, r5
        mov     r5, sp
        str     r5, [r4]
        ldr     r5, =__boot_stack
        mov     sp, r5
        msr     primask, r7
        orr     r6, r6, #1
        blx     r6
        cpsid   i
        ldr     r5, [r4]
        movs    r6, #0
        str     r6, [r4]
        mov     sp, r5
        CLOSE_OWN_MEMORY r12, r5
        msr     primask, r7
        pop     {r4-r7, pc}
busy:   msr     primask, r7
        movs    r0, #0x2C
        pop     {r4-r7, pc}

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
