// Writes docs/erd.md: every schema as its migrations leave it. Run it after adding one: node scripts/docs/erd.ts
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { erdDocument } from './erd-document.ts';
import { migratedSchemas } from './migrated-schemas.ts';

writeFileSync(join(import.meta.dirname, '../../docs/erd.md'), erdDocument(await migratedSchemas()));
