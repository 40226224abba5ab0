import { answering, renamed, writing } from './edits.js';
import type { Variant } from './variant.js';

/** How answers are written as JSON. */
export const bodyVariants = {
  'extra-members': {
    text: 'Answers with members that no engine reads, as NetworkID and DstName in some drivers.',
    ...writing((body, { status }) =>
      JSON.stringify(status === 200 ? { ...body, Extra: null, NetworkID: 'x', extra: { Scope: [1] } } : body),
    ),
  },
  'empty-error-members': {
    text: 'Answers successes with empty error members, as drivers that send one structure for all.',
    ...writing((body, { status }) => JSON.stringify(status === 200 ? { Err: '', Error: '', ...body } : body)),
  },
  'null-members': {
    text: 'Answers null for members that it leaves out.',
    ...writing((body, { status }, { path }) => JSON.stringify(status === 200 ? { ...nullsOf(path), ...body } : body)),
  },
  'keys-lower-case': {
    text: 'Writes the names of members in lower case: engines match them in any.',
    groups: ['key-case'],
    ...writing((body) => JSON.stringify(renamed(body, (name) => name.toLowerCase()))),
  },
  'keys-upper-case': {
    text: 'Writes the names of members in upper case: engines match them in any.',
    groups: ['key-case'],
    ...writing((body) => JSON.stringify(renamed(body, (name) => name.toUpperCase()))),
  },
  'keys-reversed': {
    text: 'Writes members in another order.',
    ...writing((body) => JSON.stringify(Object.fromEntries(Object.entries(body).reverse()))),
  },
  'null-for-nothing': {
    text: 'Answers null where nothing is to be said: engines read it as an empty object.',
    ...writing((body) => (Object.keys(body).length === 0 ? 'null' : JSON.stringify(body))),
  },
  'pretty-printed': {
    text: 'Prints its answers over several lines.',
    groups: ['layout'],
    ...writing((body) => `${JSON.stringify(body, null, 2)}\n`),
  },
  'padded-bodies': {
    text: 'Sends white space before and behind its answers.',
    groups: ['layout'],
    ...answering((answer) => ({ ...answer, body: `\r\n\t ${String(answer.body ?? '').trim()} \r\n\n` })),
  },
  'no-newline': {
    text: 'Ends its answers without a line feed.',
    groups: ['layout'],
    ...answering((answer) => ({ ...answer, body: String(answer.body ?? '').trimEnd() })),
  },
  'escaped-text': {
    text: 'Escapes every character of its strings.',
    groups: ['layout'],
    ...writing((body) =>
      JSON.stringify(body).replace(/"(?:[^"\\]|\\.)*"/g, (text) => {
        const units = (JSON.parse(text) as string).split('');
        return `"${units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`;
      }),
    ),
  },
} as const satisfies Readonly<Record<string, Variant>>;

/** The members that may be absent from the success of a path. */
function nullsOf(path: string): Readonly<Record<string, null>> {
  const names: Readonly<Record<string, readonly string[]>> = {
    '/NetworkDriver.CreateEndpoint': ['Interface'],
    '/NetworkDriver.EndpointOperInfo': ['Value'],
    '/NetworkDriver.Join': ['InterfaceName', 'StaticRoutes', 'Gateway', 'GatewayIPv6', 'DisableGatewayService'],
    '/NetworkDriver.AllocateNetwork': ['Options'],
    '/NetworkDriver.GetCapabilities': ['ConnectivityScope', 'GwAllocChecker'],
    '/IpamDriver.RequestPool': ['Data'],
    '/IpamDriver.RequestAddress': ['Data'],
  };
  return Object.fromEntries(['Err', 'Error', ...(names[path] ?? [])].map((name) => [name, null]));
}
