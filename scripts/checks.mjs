// `npm run checks`: writes packages/conformance/CHECKS.md from the suite.
import { writeFileSync } from 'node:fs';
import { checks, checksTable } from '@opencnm/conformance';

writeFileSync(new URL('../packages/conformance/CHECKS.md', import.meta.url), checksTable(checks));
console.log(`wrote ${checks.length} checks`);
