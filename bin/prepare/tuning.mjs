// Environment variables that make the host's process small and its start quick; each had its effect measured by bench/memory.ts.
import { join } from 'node:path';

export const tuning = (root) => ({
  // Compiled code, and TypeScript without its types: the second start loads neither a parser nor the type stripper.
  NODE_COMPILE_CACHE: join(root, '.stackyard', 'compile-cache'),
  // glibc gives each thread an arena that only grows, and keeps what large blocks have left: few arenas, and large blocks go back.
  GLIBC_TUNABLES: 'glibc.malloc.arena_max=2:glibc.malloc.mmap_threshold=131072:glibc.malloc.trim_threshold=131072',
});
