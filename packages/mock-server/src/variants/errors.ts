import { bodyOf, json } from '../faults/wire-faults.js';
import { answering, failing, objectOf } from './edits.js';
import type { Variant } from './variant.js';

/** How failures are told. */
export const errorVariants = {
  'error-text-terse': {
    text: 'Says "failed" whatever went wrong.',
    groups: ['error-text'],
    ...failing((_, { status }) => json(status, { Err: 'failed', Error: 'failed' })),
  },
  'error-text-long': {
    text: 'Tells a failure over several lines, with quotes and a trace.',
    groups: ['error-text'],
    ...failing((message, { status }) => {
      const text = `Traceback (most recent call last):\n\tFile "driver.py", line 42 <µ>\n${message}\n${'.'.repeat(2_000)}`;
      return json(status, { Err: text, Error: text });
    }),
  },
  'errors-200': {
    text: 'Reports failures with status 200 and the error member of the interface, as contiv, ciao and Flask drivers.',
    groups: ['errors'],
    ...failing((message, _, { path }) => json(200, path.startsWith('/Ipam') ? { Error: message } : { Err: message })),
  },
  'errors-200-both': {
    text: 'Reports failures with status 200 and both error members.',
    groups: ['errors'],
    ...failing((message) => json(200, { Err: message, Error: message })),
  },
  'errors-400': {
    text: 'Reports every failure with status 400, as kuryr.',
    groups: ['errors'],
    ...failing((message) => json(400, { Err: message })),
  },
  'errors-404': {
    text: 'Reports failures with status 404 and Err, which only optional calls cannot afford, as thalhammer.',
    groups: ['errors'],
    ...failing((message) => json(404, { Err: message })),
  },
  'errors-409': {
    text: 'Reports failures with status 409 and Err, as thalhammer.',
    groups: ['errors'],
    ...failing((message) => json(409, { Err: message })),
  },
  'errors-text': {
    text: 'Reports failures as plain text, as the http.Error of Go drivers.',
    groups: ['errors'],
    ...failing((message) => ({ status: 500, headers: { 'Content-Type': 'text/plain' }, body: `${message}\n` })),
  },
  'errors-html': {
    text: 'Reports failures as HTML pages, as web frameworks.',
    groups: ['errors'],
    ...failing((message, { status }) => ({ status, headers: { 'Content-Type': 'text/html' }, body: page(message) })),
  },
  'errors-problem': {
    text: 'Reports failures as application/problem+json without Err, as net-dhcp.',
    groups: ['errors'],
    ...failing((detail, { status }) => ({
      status,
      headers: { 'Content-Type': 'application/problem+json' },
      body: JSON.stringify({ type: 'about:blank', title: 'Internal Server Error', status, detail }),
    })),
  },
  'missing-as-text': {
    text: 'Answers calls that it does not have with text, as the router of Go.',
    groups: ['missing-calls'],
    ...missing('text/plain; charset=utf-8', '404 page not found\n'),
  },
  'missing-as-html': {
    text: 'Answers calls that it does not have with a page, as web frameworks.',
    groups: ['missing-calls'],
    ...missing('text/html', page('Not Found')),
  },
  'missing-as-nothing': {
    text: 'Answers calls that it does not have with 404 and no body.',
    groups: ['missing-calls'],
    ...missing('text/plain', ''),
  },
  'wrong-method-404': {
    text: 'Answers 404 to everything but POST, as routers that match the method first.',
    groups: ['missing-calls'],
    ...answering((answer) => (answer.status === 405 ? { ...answer, status: 404 } : answer)),
  },
} as const satisfies Readonly<Record<string, Variant>>;

function missing(type: string, body: string) {
  return answering((answer) =>
    answer.status === 404 && /not implemented/.test(String(objectOf(answer)?.['Err'] ?? bodyOf(answer)))
      ? { status: 404, headers: { 'Content-Type': type }, body }
      : answer,
  );
}

function page(text: string): string {
  return `<!doctype html>\n<html><body><h1>Error</h1><p>${text.replaceAll('<', '&lt;')}</p></body></html>\n`;
}
