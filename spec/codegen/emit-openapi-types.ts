import openapiTS, { astToString } from 'openapi-typescript';
import type { Definition } from './definition.js';
import { header } from './header.js';

/** The types of the whole document, by openapi-typescript. */
export async function emitOpenapiTypes({ document }: Definition): Promise<string> {
  const nodes = await openapiTS(structuredClone(document) as never, { immutable: true, defaultNonNullable: false });
  return header + astToString(nodes);
}
