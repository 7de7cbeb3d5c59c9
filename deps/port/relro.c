/* Read-only relocations, which musl leaves undone in a static-pie.
 *
 * A position independent executable has tables of pointers (.data.rel.ro, .got, .init_array) that
 * the start-up code relocates; PT_GNU_RELRO says that they can be read-only from then on. A dynamic
 * loader does that. In a static-pie nobody does: musl relocates itself, and has no RELRO code
 * outside its loader (1.2.5: ldso/dynlink.c). So we do it, before any other constructor. */
#define _GNU_SOURCE
#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* dl_iterate_phdr calls it once: a static program is its only object. */
static int object_protect(struct dl_phdr_info *object, size_t size, void *unused)
{
	(void)size;
	(void)unused;
	const uintptr_t page_mask = ~((uintptr_t)sysconf(_SC_PAGESIZE) - 1);

	for (size_t i = 0; i < object->dlpi_phnum; i++) {
		const ElfW(Phdr) *header = &object->dlpi_phdr[i];
		if (header->p_type != PT_GNU_RELRO)
			continue;

		/* The linker begins and ends the region on a page; rounding down is what loaders
		 * do. */
		uintptr_t start = object->dlpi_addr + header->p_vaddr;
		uintptr_t end = (start + header->p_memsz) & page_mask;
		start &= page_mask;
		if (end > start && mprotect((void *)start, end - start, PROT_READ) != 0)
			abort();
	}
	return 1;
}

/* 101 is the first priority that is not reserved. */
__attribute__((constructor(101))) static void relro_apply(void)
{
	dl_iterate_phdr(object_protect, NULL);
}
