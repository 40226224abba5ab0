import type { Exchange } from '../answer.js';
import { isSeen } from './printable.js';
import { printing, quoted } from './shell-words.js';

/** The longest body that stands in a line as it is, and the longest commands that make one. */
const longestBody = 2000;

/** An exchange as a line to paste into a shell; a comment that says how to send it where no line has room for it. */
export function curl({ request, url: own }: Exchange, target: string): string {
  const url = own ?? target;
  const body = request.body.trimEnd();
  if (!isWhole(request))
    return `# ${told(request)}: too long to be kept, or no text; to send it, run the check again with its seed`;
  if (body.length <= longestBody && isSeen(body))
    return command(request, url, body === '' ? [] : ['--data-raw', quoted(body)]);
  const made = printing(body);
  if (made.length > longestBody) return `# ${told(request)}: too long for a line; to send it, replay the report`;
  return `{ ${made}; } | ${command(request, url, ['--data-binary', '@-'])}`;
}

/** Whether a line of `curl` is a command, and no comment. */
export function isCommand(line: string): boolean {
  return !line.startsWith('#');
}

type Request = Exchange['request'];

function command(request: Request, url: string, data: readonly string[]): string {
  const isUnix = url.startsWith('unix://');
  const host = request.headers['Host'] || 'localhost';
  return [
    'curl -sS',
    ...(isUnix ? ['--unix-socket', quoted(url.slice('unix://'.length))] : []),
    ...(request.method === 'HEAD' ? ['--head'] : ['-X', quoted(request.method)]),
    ...headers(request),
    ...data,
    quoted(
      isUnix ? `http://${host}${request.path}` : `${url.replace(/^tcp:/, 'http:').replace(/\/$/, '')}${request.path}`,
    ),
  ].join(' ');
}

/** The headers of a request, and without those that curl has of its own: what arrives is what the suite sent. */
function headers({ method, headers, body }: Request): readonly string[] {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  const own = ['User-Agent', 'Accept', ...(body === '' ? [] : ['Content-Type'])];
  return [
    ...Object.entries(headers).flatMap(([name, value]) => header(name, value, method)),
    ...own.filter((name) => !names.includes(name.toLowerCase())).flatMap((name) => ['-H', `${name}:`]),
  ];
}

function header(name: string, value: string, method: string): readonly string[] {
  const known = name.toLowerCase();
  // A header without a value ends with a semicolon; with a colon, curl takes it as one to leave out.
  if (value === '') return ['-H', quoted(`${name};`)];
  if (known === 'host') return [];
  // curl counts a body, and says nothing of one that a POST lacks.
  if (known === 'content-length') return value === '0' && method === 'POST' ? ['-H', quoted(`${name}: 0`)] : [];
  if (known === 'user-agent') return ['-A', quoted(value)];
  return [...(known === 'accept-encoding' ? ['--compressed'] : []), '-H', quoted(`${name}: ${value}`)];
}

/** Evidence is cut after 16 KiB, and bytes that are no text are not kept as they are. */
function isWhole({ headers, body }: Request): boolean {
  const length = headers['Content-Length'];
  return length === undefined || Buffer.byteLength(body) === Number(length);
}

function told({ method, path, headers, body }: Request): string {
  const bytes = headers['Content-Length'] ?? Buffer.byteLength(body);
  return `${method} ${path} with ${bytes} bytes, ${body.slice(0, 60).replaceAll(/\s+/g, ' ')}…`;
}
