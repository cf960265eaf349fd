@ QEMU -M virt, ARMv7-A: reset, exceptions, the border between boot stage and application, and instructions C# lacks.
        .syntax unified
        .arch   armv7ve
        .fpu    vfpv3

@ Domain 0 is for everybody, domain 1 for the boot stage: its memory and the flash in command view. While the
@ application
@ runs, domain 1 is closed, so that a wild pointer faults instead of damaging what has to recover from it.
        .equ    DOMAINS_BOOT, 0x5
        .equ    DOMAINS_APPLICATION, 0x1

@ ---------------------------------------------------------------- reset, in place from flash bank 0, MMU off, ARM state
        .arm
        .section .reset, "ax", %progbits
        .global _reset
_reset: b       start
        .rept   7
        b       .                       @ vectors of page 0 are never used: VBAR moves them
        .endr

start:  ldr     sp, =__boot_stack
        ldr     r0, =__shared_load
        ldr     r1, =__shared_start
        ldr     r2, =__shared_end
        bl      copy
        ldr     r0, =__image_load
        ldr     r1, =__image_start
        ldr     r2, =__code_end         @ the data are copied by ImageStart
        bl      copy
        mrc     p15, 0, r0, c1, c0, 2   @ CPACR: VFP for applications that use floating point
        orr     r0, r0, #(0xF << 20)
        mcr     p15, 0, r0, c1, c0, 2
        isb
        mov     r0, #0x40000000
        vmsr    fpexc, r0
        ldr     r0, =__vectors
        mcr     p15, 0, r0, c12, c0, 0  @ VBAR
        mov     r0, #0
        mcr     p15, 0, r0, c7, c5, 0   @ instruction cache: code was just written
        dsb
        isb
        ldr     r0, =__image_info
        ldr     r1, =__memory_map
        ldr     r2, =boot_main
        orr     r2, r2, #1
        blx     r2
        b       .

copy:   cmp     r1, r2
        ldrlo   r3, [r0], #4
        strlo   r3, [r1], #4
        blo     copy
        bx      lr
        .ltorg

@ ---------------------------------------------------------------- shared page: stays accessible to the application
        .section .shared.code, "ax", %progbits
        .balign 32
        .global __vectors
__vectors:
        b       unexpected              @ reset
        b       undefined
        b       supervisor_call
        b       prefetch_abort
        b       data_abort
        b       unexpected
        b       unexpected              @ IRQ: nothing enables one
        b       unexpected              @ FIQ

@ The stack pointer of the exception's mode is free for use as a scratch register. Frame: r0 to r12, exception lr.
@ C#: fault_main(kind, frame, spsr, lr of the interrupted program). It returns only for an access that was a probe.
        .macro  EXCEPTION label, kind
\label: mov     sp, #DOMAINS_BOOT
        mcr     p15, 0, sp, c3, c0, 0
        isb
        ldr     sp, =__fault_stack
        push    {lr}
        push    {r0-r12}
        mov     r0, #\kind
        b       exception
        .endm
        EXCEPTION undefined, 1
        EXCEPTION prefetch_abort, 2
        EXCEPTION data_abort, 3
        EXCEPTION supervisor_call, 4
        EXCEPTION unexpected, 5
exception:
        mov     r1, sp
        mrs     r2, spsr
        mrs     r4, cpsr
        cps     #0x13
        mov     r3, lr
        msr     cpsr_c, r4
        ldr     r12, =fault_main
        orr     r12, r12, #1
        blx     r12
        pop     {r0-r12}
        pop     {lr}
        subs    pc, lr, #4              @ behind the four-byte load of cpu_probe
        .ltorg

        .thumb
        .macro  FUNCTION name
        .global \name
        .thumb_func
        .type   \name, %function
\name:
        .endm

@ void cpu_launch(uint entry, void* services, uint stackTop)
        FUNCTION cpu_launch
        mov     sp, r2
        mov     r4, r0
        mov     r0, r1
        movs    r1, #DOMAINS_APPLICATION
        mcr     p15, 0, r1, c3, c0, 0
        isb
        blx     r4
        movs    r1, #DOMAINS_BOOT       @ entry returned
        mcr     p15, 0, r1, c3, c0, 0
        isb
        ldr     sp, =__fault_stack
        ldr     r1, =application_returned
        orr     r1, r1, #1
        blx     r1
        .ltorg

@ A boot service: opens the boot stage's domain, changes to its stack, calls the C# method, and back again. The boot
@ stage itself left that stack for good when it launched the application. The word service_caller is the caller's
@ stack pointer
@ while a service runs; a second call meanwhile is Busy.
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
        .ltorg
        .thumb_func
gate:   movs    r5, #DOMAINS_BOOT
        mcr     p15, 0, r5, c3, c0, 0
        isb
        ldr     r4, =service_caller
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
        movs    r6, #DOMAINS_APPLICATION
        mcr     p15, 0, r6, c3, c0, 0
        isb
        pop     {r4-r6, pc}
busy:   movs    r0, #0x2C
        pop     {r4-r6, pc}
        .ltorg

        .section .bss
        .balign 4
        .global service_caller
service_caller:
        .space  4

@ ---------------------------------------------------------------- instructions for C#
        .section .text.cpu, "ax", %progbits

@ void cpu_enable_mmu(uint level1Table): TTBR0 for all addresses, caches and branch prediction on
        FUNCTION cpu_enable_mmu
        movs    r1, #0
        mcr     p15, 0, r1, c2, c0, 2
        mcr     p15, 0, r0, c2, c0, 0
        movs    r1, #DOMAINS_BOOT
        mcr     p15, 0, r1, c3, c0, 0
        movs    r1, #0
        mcr     p15, 0, r1, c8, c7, 0
        mcr     p15, 0, r1, c7, c5, 0
        dsb
        isb
        mrc     p15, 0, r1, c1, c0, 0
        orr     r1, r1, #5              @ M, C
        orr     r1, r1, #0x1800         @ I, Z
        mcr     p15, 0, r1, c1, c0, 0
        isb
        bx      lr

@ void cpu_synchronize(): after a change of tables or code
        FUNCTION cpu_synchronize
        movs    r1, #0
        dsb
        mcr     p15, 0, r1, c8, c7, 0
        mcr     p15, 0, r1, c7, c5, 0
        mcr     p15, 0, r1, c7, c5, 6
        dsb
        isb
        bx      lr

@ void cpu_clean(uint start, uint end): data cache lines of 64 bytes to the point of unification
        FUNCTION cpu_clean
1:      cmp     r0, r1
        bhs     2f
        mcr     p15, 0, r0, c7, c11, 1
        adds    r0, #64
        b       1b
2:      dsb
        bx      lr

@ uint cpu_translate(uint virtualAddress): PAR of a privileged read
        FUNCTION cpu_translate
        mcr     p15, 0, r0, c7, c8, 0
        isb
        mrc     p15, 0, r0, c7, c4, 0
        bx      lr

        FUNCTION cpu_data_fault_status
        mrc     p15, 0, r0, c5, c0, 0
        bx      lr
        FUNCTION cpu_data_fault_address
        mrc     p15, 0, r0, c6, c0, 0
        bx      lr
        FUNCTION cpu_fetch_fault_status
        mrc     p15, 0, r0, c5, c0, 1
        bx      lr
        FUNCTION cpu_fetch_fault_address
        mrc     p15, 0, r0, c6, c0, 2
        bx      lr

@ ulong cpu_counter(), uint cpu_counter_frequency(): the virtual counter of the generic timer
        FUNCTION cpu_counter
        isb
        mrrc    p15, 1, r0, r1, c14
        bx      lr
        FUNCTION cpu_counter_frequency
        mrc     p15, 0, r0, c14, c0, 0
        bx      lr
@ void cpu_set_timer(uint ticks): its interrupt becomes pending after so many ticks
        FUNCTION cpu_set_timer
        mcr     p15, 0, r0, c14, c3, 0
        movs    r0, #1
        mcr     p15, 0, r0, c14, c3, 1
        isb
        bx      lr
@ void cpu_wait(): until an interrupt is pending, although it is masked
        FUNCTION cpu_wait
        dsb
        wfi
        bx      lr

@ void cpu_psci(uint function)
        FUNCTION cpu_psci
        dsb
        hvc     #0
        bx      lr

@ uint cpu_probe(uint address): a load that may abort
        FUNCTION cpu_probe
        ldr.w   r0, [r0]
        dsb
        bx      lr
