import { answering } from './edits.js';
import type { Variant } from './variant.js';

/** What media type answers name; engines do not look at it. */
export const contentTypeVariants = {
  'type-older': {
    text: 'Names the media type of Docker 1.9, as drivers of the Go helpers.',
    ...typed(() => 'application/vnd.docker.plugins.v1.1+json'),
  },
  'type-json': {
    text: 'Names application/json with a charset.',
    ...typed(() => 'application/json; charset=UTF-8'),
  },
  'type-text': {
    text: 'Names text/plain for JSON, as weave, nuage, ciao and contiv.',
    ...typed(() => 'text/plain; charset=utf-8'),
  },
  'type-html': { text: 'Names text/html for JSON, as Flask when told nothing.', ...typed(() => 'text/html') },
  'type-none': { text: 'Names no media type, as evsinev and flyzero.', ...typed(() => undefined) },
  'type-mixed': {
    text: 'Names another media type for each call, as dknet.',
    ...typed((path) => [undefined, 'text/plain', 'application/json'][path.length % 3]),
  },
} as const satisfies Readonly<Record<string, Variant>>;

function typed(typeOf: (path: string) => string | undefined) {
  const wrappers = answering((answer, { path }) => {
    const { 'Content-Type': _, ...headers } = answer.headers ?? {};
    const type = typeOf(path);
    return { ...answer, headers: { ...headers, ...(type ? { 'Content-Type': type } : {}) } };
  });
  return { groups: ['content-type'] as const, ...wrappers };
}
