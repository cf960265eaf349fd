/* The little that the application knows about the machine: all of it comes from the boot stage. */
#ifndef PLATFORM_H
#define PLATFORM_H

#include "twinbank.h"

#include <stdint.h>

extern const struct twinbank_services *platform_services;

/* The address after the call, with bit 0 clear: where this code believes it runs. */
uint32_t platform_program_counter(void);

/* "A", "B" or "golden". */
const char *platform_slot_name(void);

/* CRC-32 of the image's code and constants, as the CPU sees them at their virtual addresses. */
uint32_t platform_image_crc(void);

/* Bytes of code, constants and initial data. */
uint32_t platform_image_bytes(void);

#endif
