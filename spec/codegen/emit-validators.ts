import standalone from 'ajv/dist/standalone/index.js';
import { ajvOf } from './ajv-of.js';
import type { Definition } from './definition.js';
import { header } from './header.js';

/** The schemas compiled by ajv to plain functions: no compilation and no eval at run time. */
export function emitValidators({ schemas }: Definition): string {
  const { ajv, id } = ajvOf(schemas);
  const ids = Object.fromEntries(Object.keys(schemas).map((name) => [name, `${id}#/$defs/${name}`]));
  const body = (standalone as unknown as { default: typeof standalone.default }).default(ajv, ids);
  const needsRequire = body.includes('require(');
  return [
    '// @ts-nocheck\n',
    header,
    "import { formats } from '../src/formats.js';\n",
    needsRequire
      ? "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n"
      : '',
    body.replace(/^"use strict";/, ''),
    '\n',
  ].join('');
}
