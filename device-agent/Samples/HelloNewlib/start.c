/*
 * From the boot stage's jump to main(): what a C library's start-up file does elsewhere.
 * The linker scripts define the symbols.
 */
#include "platform.h"

#include <string.h>

extern char image_data_load[], image_data_start[], image_data_end[];
extern char image_bss_start[], image_bss_end[];

const struct twinbank_services *platform_services;

int main(void);

int twinbank_entry(const struct twinbank_services *services)
{
    /* Initial values lie in the image. Where the image itself is in RAM both addresses are one, hence memmove. */
    memmove(image_data_start, image_data_load, (size_t)(image_data_end - image_data_start));
    memset(image_bss_start, 0, (size_t)(image_bss_end - image_bss_start));

    /* Only now: the pointer lies in .bss. */
    platform_services = services;
    if (!twinbank_services_valid(services)) {
        return 1;
    }
    return main();
}
