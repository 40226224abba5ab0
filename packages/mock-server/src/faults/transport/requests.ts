import type { HttpRequest } from '@opencnm/sdk/driver-kit';
import type { FaultId } from '@opencnm/spec';
import type { Fault } from '../fault.js';
import { instead, isBroken, json, jsonOf, textOf } from '../wire-faults.js';

const network = '/NetworkDriver.';
const ipam = '/IpamDriver.';

/** Faults of what is made of headers, paths and bodies of requests. */
export const requestFaults = {
  'plugin.transport.no-content-type-needed#wants-content-type': instead(
    ({ body, headers }) => body.length > 0 && !headers['content-type']?.includes('application/json'),
    json(415, { Err: 'the Content-Type must be application/json' }),
  ),
  'plugin.transport.empty-body-where-none#wants-body': wantsBody('/Plugin.Activate'),
  'plugin.transport.empty-body-where-none#wants-body-spaces': wantsBody(`${ipam}GetDefaultAddressSpaces`),
  'plugin.transport.empty-body-where-none#wants-body-capabilities': wantsBody(`${network}GetCapabilities`),
  'plugin.transport.null-body#refuses-null': instead(
    (request) => request.path === '/Plugin.Activate' && textOf(request).trim() === 'null',
    json(400, { Err: 'the request must be an object' }),
  ),
  'plugin.transport.refuses-empty-body#takes-empty': instead(
    ({ path, body }) => body.length === 0 && /Create|Delete|Join|Leave|Request|Release/.test(path),
    json(200, {}),
  ),
  'plugin.transport.refuses-empty-body#deletes-on-empty': instead(
    ({ path, body }) => body.length === 0 && path === `${network}DeleteNetwork`,
    json(200, {}),
  ),
  'plugin.transport.refuses-bad-json#takes-bad-json': instead(
    (request) => isBroken(request) && textOf(request).startsWith('{'),
    json(200, {}),
  ),
  'plugin.transport.refuses-bad-json#takes-text': instead(
    (request) => isBroken(request) && !textOf(request).startsWith('{'),
    json(200, null),
  ),
  'plugin.transport.survives-bad-json#stops-after-bad-json': stoppingAfter(isBroken),
  'plugin.transport.unknown-method#catch-all': unknownPaths(json(200, {})),
  'plugin.transport.unknown-method#internal-error': unknownPaths(json(500, { Err: 'no such method' })),
  'plugin.transport.ignores-unknown-members#strict-options': instead(
    (request) => {
      const options = Object.keys((jsonOf(request)?.['Options'] as object | undefined) ?? {});
      return (
        request.path === `${network}CreateNetwork` &&
        options.some((key) => !/enable_ipv[46]$|generic$|internal$/.test(key))
      );
    },
    json(400, { Err: 'unknown option' }),
  ),
  'plugin.transport.ignores-unknown-members#strict-members': instead(
    (request) =>
      request.path === `${network}CreateEndpoint` &&
      Object.keys(jsonOf(request) ?? {}).some(
        (key) => !['NetworkID', 'EndpointID', 'Interface', 'Options'].includes(key),
      ),
    json(400, { Err: 'unknown member' }),
  ),
  'plugin.transport.long-requests#cut-at-4-kib': cutAt(4),
  'plugin.transport.long-requests#cut-at-64-kib': cutAt(64),
  'plugin.transport.host-header#own-host': instead(
    ({ headers }) => !['localhost', ''].includes(headers['host'] ?? ''),
    json(421, { Err: 'this is localhost' }),
  ),
  'plugin.transport.empty-host-header#wants-host': instead(
    ({ headers }) => !headers['host'],
    json(400, { Err: 'a Host header is needed' }),
  ),
  'plugin.transport.get-is-no-call#serves-get': {
    transport: (inner) => (request) => inner(request.method === 'GET' ? { ...request, method: 'POST' } : request),
  },
} satisfies Readonly<Partial<Record<FaultId, Fault>>>;

/** Closes every connection after a request to which a condition applies. */
function stoppingAfter(applies: (request: HttpRequest) => boolean): Fault {
  return {
    transport: (inner) => {
      let hasStopped = false;
      return async (request) => {
        hasStopped ||= applies(request);
        return hasStopped ? 'close' : inner(request);
      };
    },
  };
}

function wantsBody(path: string): Fault {
  return instead(
    (request) => request.path === path && request.body.length === 0,
    json(400, { Err: 'a body is needed' }),
  );
}

function unknownPaths(answer: ReturnType<typeof json>): Fault {
  return {
    transport: (inner) => async (request) => {
      const real = await inner(request);
      return real !== 'close' && real.status === 404 ? answer : real;
    },
  };
}

/** A driver that reads so many KiB of a request, and finds that they are no JSON. */
function cutAt(kib: number): Fault {
  return instead(({ body }) => body.length > kib * 1024, json(400, { Err: 'unexpected end of JSON input' }));
}
