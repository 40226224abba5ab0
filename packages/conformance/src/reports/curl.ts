import type { Exchange } from '../answer.js';

/** An exchange as a line to paste into a shell. */
export function curl({ request }: Exchange, url: string): string {
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
    ...(request.body === '' ? [] : ['--data-binary', quoted(request.body.trimEnd())]),
    quoted(
      isUnix ? `http://${host}${request.path}` : `${url.replace(/^tcp:/, 'http:').replace(/\/$/, '')}${request.path}`,
    ),
  ].join(' ');
}

/** One shell word, whatever is in it. */
export function quoted(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
