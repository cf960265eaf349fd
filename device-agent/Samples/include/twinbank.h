/*
 * What the boot stage gives to a running application: specs/boot-services.md, version 1.0.
 * Freestanding C99 or C++; 32-bit ARM.
 */
#ifndef TWINBANK_H
#define TWINBANK_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TWINBANK_MAGIC 0x53425754u /* the bytes TWBS */
#define TWINBANK_VERSION_MAJOR 1u

#define TWINBANK_SLOT_A 0u
#define TWINBANK_SLOT_B 1u
#define TWINBANK_SLOT_GOLDEN 2u

#define TWINBANK_FLAG_TRIAL 1u

#define TWINBANK_OK 0u
#define TWINBANK_BUSY 0x2Cu
#define TWINBANK_UNMAPPED 0xFFFFFFFFu

struct twinbank_services {
    uint32_t magic;
    uint32_t version;    /* major << 16 + minor */
    uint32_t size_bytes; /* of this table */
    uint32_t slot;       /* TWINBANK_SLOT_* */
    uint32_t virtual_base;
    uint32_t slot_physical; /* CPU address of the slot, or its offset where flash is not addressable */
    uint32_t ram_start;
    uint32_t ram_end;
    uint32_t flags;        /* TWINBANK_FLAG_* */
    uint32_t boots_left;   /* of this trial, after this boot */
    uint32_t probation_ms; /* the health check has to hold this long before confirm() */
    uint32_t deadline_ms;  /* milliseconds() at which an unconfirmed trial is reverted; 0: none */

    uint32_t (*poll)(void); /* at least every 100 ms; may not return */
    uint32_t (*confirm)(void);
    void (*console_write)(const void *bytes, uint32_t count);
    uint32_t (*milliseconds)(void);
    void (*reset)(void); /* does not return */
    uint32_t (*physical_address)(uint32_t virtual_address);
    uint32_t (*set_interrupt_handler)(uint32_t exception_number, void (*handler)(void));
};

/* The application's entry: called once, on the application's stack. Returning counts as a fault. */
int twinbank_entry(const struct twinbank_services *services);

/* 1 when the table is one that this header describes. */
static inline int twinbank_services_valid(const struct twinbank_services *services)
{
    return services->magic == TWINBANK_MAGIC && (services->version >> 16) == TWINBANK_VERSION_MAJOR &&
           services->size_bytes >= sizeof(struct twinbank_services);
}

#ifdef __cplusplus
}
#endif

#endif
