#include "platform.h"

extern char image_start[], image_constants_start[], image_constants_end[], image_end[];

__attribute__((noinline)) uint32_t platform_program_counter(void)
{
    return (uint32_t)(uintptr_t)__builtin_return_address(0) & ~1u;
}

const char *platform_slot_name(void)
{
    switch (platform_services->slot) {
    case TWINBANK_SLOT_A:
        return "A";
    case TWINBANK_SLOT_B:
        return "B";
    default:
        return "golden";
    }
}

uint32_t platform_image_crc(void)
{
    uint32_t crc = 0xFFFFFFFFu;
    for (const char *byte = image_constants_start; byte < image_constants_end; byte++) {
        crc ^= (uint8_t)*byte;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1u)));
        }
    }
    return ~crc;
}

uint32_t platform_image_bytes(void)
{
    return (uint32_t)(image_end - image_start);
}
