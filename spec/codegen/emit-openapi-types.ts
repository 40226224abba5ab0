import openapiTS, { astToString } from 'openapi-typescript';
import type { Definition } from './definition.js';
import { header } from './header.js';

/** The types of the whole document, by openapi-typescript; descriptions say since and until when there is such a thing. */
export async function emitOpenapiTypes({ document }: Definition): Promise<string> {
  const nodes = await openapiTS(dated(document) as never, { immutable: true, defaultNonNullable: false });
  return header + astToString(nodes);
}

/** A copy in which every description tells its `x-since` and `x-until`, as editors show descriptions alone. */
function dated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dated);
  if (value === null || typeof value !== 'object') return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, dated(inner)]));
  const { description, 'x-since': since, 'x-until': until } = copy;
  if (typeof description !== 'string') return copy;
  const words = [description, ...(since ? [`Since ${since}.`] : []), ...(until ? [`Until ${until}.`] : [])];
  return { ...copy, description: words.join(' ') };
}
