import { STATUS_CODES } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { HttpResponse } from '@opencnm/sdk/driver-kit';
import { textOf } from '../faults/wire-faults.js';
import { seeded } from '../seed.js';
import { answering } from './edits.js';
import type { Variant } from './variant.js';

/** How answers travel; these come last, for the bodies may be no text behind them. */
export const connectionVariants = {
  'any-path': {
    text: 'Serves paths with a slash or a query behind them, and every method, as Express.',
    transport: (inner) => (request) =>
      inner({ ...request, method: 'POST', path: request.path.replace(/\?.*$/, '').replace(/\/$/, '') }),
  },
  'drops-the-unreadable': {
    text: 'Drops the connection at a pool that it cannot read, as chenleji and static-ipam.',
    transport: (inner) => async (request) => (textOf(request).includes('no-pool') ? 'close' : inner(request)),
  },
  late: {
    text: 'Answers up to 4 ms late, one time sooner and one time later.',
    groups: ['time'],
    transport: (inner) => {
      const random = seeded(1);
      return async (request) => {
        await wait(random.next() % 5);
        return inner(request);
      };
    },
  },
  'slow-network': {
    text: 'Takes 20 ms more to make a network, as drivers that start a switch.',
    groups: ['time'],
    transport: (inner) => async (request) => {
      if (request.path === '/NetworkDriver.CreateNetwork') await wait(20);
      return inner(request);
    },
  },
  'one-at-a-time': {
    text: 'Serves one call after the other, as drivers of one thread.',
    groups: ['time'],
    transport: (inner) => {
      let before: Promise<unknown> = Promise.resolve();
      return (request) => {
        const answer = before.then(() => inner(request));
        before = answer.catch(() => undefined);
        return answer;
      };
    },
  },
  'closes-each': {
    text: 'Closes the connection after each answer and says so, as drivers on werkzeug.',
    groups: ['connection'],
    ...answering((answer) => ({ ...answer, headers: { ...answer.headers, Connection: 'close' } })),
  },
  'closes-unannounced': {
    text: 'Closes the connection after each answer without a word, as evsinev.',
    groups: ['connection'],
    ...headed((answer) => head('HTTP/1.1', answer, { 'Content-Length': lengthOf(answer) })),
  },
  'http-1.0': {
    text: 'Speaks HTTP/1.0: the end of the connection is the end of the body, as opencontrail.',
    groups: ['connection'],
    ...headed((answer) => head('HTTP/1.0', answer, {})),
  },
  'http-1.0-length': {
    text: 'Speaks HTTP/1.0 with a length, as the http.server of Python.',
    groups: ['connection'],
    ...headed((answer) => head('HTTP/1.0', answer, { 'Content-Length': lengthOf(answer) })),
  },
  'bare-line-feeds': {
    text: 'Ends the lines of its headers without a carriage return, over HTTP/1.0, as opencontrail.',
    groups: ['connection'],
    ...headed((answer) => head('HTTP/1.0', answer, {}).replaceAll('\r', '')),
  },
  'close-delimited': {
    text: 'Sends neither a length nor chunks over HTTP/1.1, and ends the connection.',
    groups: ['connection'],
    ...headed((answer) => head('HTTP/1.1', answer, { Connection: 'close' })),
  },
  'no-reason': {
    text: 'Leaves the words behind the status away, and writes header names in lower case.',
    groups: ['connection'],
    ...headed((answer) => {
      const [, ...lines] = head('HTTP/1.1', answer, { Connection: 'close', 'Content-Length': lengthOf(answer) }).split(
        '\r\n',
      );
      const lower = lines.map((line) => line.replace(/^[^:]+/, (name) => name.toLowerCase()));
      return [`HTTP/1.1 ${answer.status} `, ...lower].join('\r\n');
    }),
  },
  chunked: {
    text: 'Sends its answers in chunks, as Node and Go do when they are not told the length.',
    groups: ['connection'],
    ...answering((answer) => ({ ...answer, body: parts(String(answer.body ?? ''), 1, 0) })),
  },
  drips: {
    text: 'Sends its answers in pieces with a pause between them.',
    groups: ['connection', 'time'],
    ...answering((answer) => ({ ...answer, body: parts(String(answer.body ?? ''), 1, 1) })),
  },
  gzip: {
    text: 'Compresses its answers where the engine says that it can read them, which it does over TCP.',
    groups: ['connection'],
    ...answering((answer, { headers }) =>
      headers['accept-encoding']?.includes('gzip')
        ? {
            ...answer,
            headers: { ...answer.headers, 'Content-Encoding': 'gzip' },
            body: gzipSync(String(answer.body ?? '')),
          }
        : answer,
    ),
  },
} as const satisfies Readonly<Record<string, Variant>>;

function headed(write: (answer: HttpResponse) => string) {
  return answering((answer) => ({ ...answer, head: write(answer) }));
}

function head(version: string, { status, headers = {} }: HttpResponse, more: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ ...headers, ...more }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${version} ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`;
}

function lengthOf({ body = '' }: HttpResponse): string {
  return String(Buffer.byteLength(String(body)));
}

/** A text in so many pieces, with pauses in ms between them. */
async function* parts(text: string, count: number, pauseMs: number): AsyncGenerator<string> {
  const size = Math.ceil(text.length / (count + 1)) || 1;
  for (let from = 0; from < text.length; from += size) {
    if (from > 0 && pauseMs > 0) await wait(pauseMs);
    yield text.slice(from, from + size);
  }
}
