import { Ajv2020 } from 'ajv/dist/2020.js';
import { _ } from 'ajv/dist/compile/codegen/index.js';
import { formats } from '../src/formats.js';
import type { Schema } from './definition.js';

/** An ajv that knows the named schemas, as `$defs` of one schema with the given id. */
export function ajvOf(schemas: Readonly<Record<string, Schema>>): { readonly ajv: Ajv2020; readonly id: string } {
  const id = 'opencnm';
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
    formats,
    code: { source: true, esm: true, lines: true, formats: _`formats` },
    keywords: ['x-since', 'x-until'],
  });
  const $defs = JSON.parse(JSON.stringify(schemas).replaceAll('"#/components/schemas/', '"#/$defs/')) as typeof schemas;
  ajv.addSchema({ $id: id, $defs });
  return { ajv, id };
}
