@ Entry of a C# application: the boot stage comes here with r0 = table of boot services and a stack.
        .syntax unified
        .thumb

        .section .entry, "ax", %progbits
        .global application_entry
        .thumb_func
        .type   application_entry, %function
application_entry:
        ldr     r1, =__image_info
        b       application_main
        .ltorg

        .section .text.cpu, "ax", %progbits
@ void application_fault(): an instruction that no processor has; the boot stage takes it from there
        .global application_fault
        .thumb_func
        .type   application_fault, %function
application_fault:
        udf     #0
        b       application_fault
