import type { Exchange } from '../answer.js';
import { printing, quoted } from './shell-words.js';

/** The longest body that stands in a line as it is, and the longest commands that make one. */
const longestBody = 2000;

/** An exchange as a line to paste into a shell; a comment that says how to send it where no line has room for it. */
export function curl({ request }: Exchange, url: string): string {
  const body = request.body.trimEnd();
  if (!isWhole(request))
    return `# ${told(request)}: too long to be kept, or no text; to send it, run the check again with its seed`;
  if (body.length <= longestBody) return command(request, url, body === '' ? [] : ['--data-binary', quoted(body)]);
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
  const headers = Object.entries(request.headers).filter(
    ([name]) => !['host', 'content-length', 'user-agent', 'accept-encoding'].includes(name.toLowerCase()),
  );
  const host = request.headers['Host'] || 'localhost';
  // curl sends a Content-Type of its own with a body; an engine sends none to drivers.
  const type =
    request.body !== '' && !headers.some(([name]) => name.toLowerCase() === 'content-type')
      ? [['Content-Type', '']]
      : [];
  return [
    'curl -sS',
    ...(isUnix ? ['--unix-socket', quoted(url.slice('unix://'.length))] : []),
    '-X',
    quoted(request.method),
    ...[...headers, ...type].flatMap(([name, value]) => [
      '-H',
      quoted(value === '' ? `${name}:` : `${name}: ${value}`),
    ]),
    ...data,
    quoted(
      isUnix ? `http://${host}${request.path}` : `${url.replace(/^tcp:/, 'http:').replace(/\/$/, '')}${request.path}`,
    ),
  ].join(' ');
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
