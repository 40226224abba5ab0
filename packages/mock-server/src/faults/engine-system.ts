import { setTimeout as wait } from 'node:timers/promises';
import type { HttpResponse } from '@opencnm/sdk/driver-kit';
import { type FaultId, match, type SchemaName, schemas } from '@opencnm/spec';
import { answering, mistaking, onAnswers, pathOf, versionIn, withHeader, without } from './engine/on-wire.js';
import { engineFault } from './engine-faults.js';
import type { Fault } from './fault.js';
import { bodyOf, json, jsonOf, textOf, untilGone } from './wire-faults.js';

const messageOf = (answer: HttpResponse): string => (JSON.parse(bodyOf(answer)) as { message: string }).message;
const isRefusal = (_: unknown, answer: HttpResponse) => answer.status >= 400;
const isPing = (request: Parameters<typeof pathOf>[0]) => pathOf(request) === '/_ping';
const isNoPath = (_: unknown, answer: HttpResponse) =>
  answer.status === 404 && bodyOf(answer).includes('page not found');
const notFound = json(404, { message: 'page not found' });

/** Faults of an engine's transport, ping, version and info. */
export const engineSystemFaults = {
  'engine.transport.error-body#plain-text': onAnswers(isRefusal, (answer) => ({
    ...withHeader(answer, 'Content-Type', 'text/plain'),
    body: messageOf(answer),
  })),
  'engine.transport.error-body#other-key': onAnswers(isRefusal, (answer) => ({
    ...answer,
    body: JSON.stringify({ error: messageOf(answer) }),
  })),
  'engine.transport.error-body#empty': onAnswers(isRefusal, (answer) => ({ ...answer, body: '{"message":""}' })),
  'engine.transport.unknown-path#empty-200': onAnswers(isNoPath, () => json(200, {})),
  'engine.transport.unknown-path#failure': onAnswers(isNoPath, () => json(500, { message: 'page not found' })),
  'engine.transport.unknown-path-message#plain-text': onAnswers(isNoPath, () => ({
    status: 404,
    headers: { 'Content-Type': 'text/plain' },
    body: 'Not Found',
  })),
  'engine.transport.unknown-method#as-get': mistaking((request) =>
    ['GET', 'HEAD', 'POST', 'DELETE'].includes(request.method) ? request : { ...request, method: 'GET' },
  ),
  'engine.transport.too-new#serves': mistaking((request) =>
    versionIn(request) > 2000 ? { ...request, path: request.path.replace(/^\/v[\d.]+/, '') } : request,
  ),
  'engine.transport.too-new#not-found': answering((request) => versionIn(request) > 2000, notFound),
  'engine.transport.too-old#serves': mistaking((request) =>
    versionIn(request) < 1024 ? { ...request, path: request.path.replace(/^\/v[\d.]+/, '') } : request,
  ),
  'engine.transport.unversioned#not-found': answering(
    (request) => versionIn(request) === 0 && !isPing(request) && pathOf(request) !== '/version',
    notFound,
  ),
  'engine.transport.version-header#not-on-refusals': onAnswers(isRefusal, (answer) => without(answer, 'Api-Version')),
  'engine.transport.version-header#on-ping-only': onAnswers(
    (request) => !isPing(request),
    (answer) => without(answer, 'Api-Version'),
  ),
  'engine.transport.content-type#text': onAnswers(
    (_, answer) => answer.headers?.['Content-Type'] === 'application/json',
    (answer) => withHeader(answer, 'Content-Type', 'text/plain'),
  ),
  'engine.transport.needs-content-type#taken': mistaking((request) => ({
    ...request,
    headers: { ...request.headers, 'content-type': 'application/json' },
  })),
  'engine.transport.broken-json#half-taken': mistaking((request) =>
    request.body.length > 0 && !jsonOf(request)
      ? { ...request, body: new TextEncoder().encode(`${textOf(request)}}`) }
      : request,
  ),
  'engine.transport.broken-json#goes-silent': {
    engineTransport: (inner) => {
      let isSilent = false;
      return async (request) => {
        if (isSilent) return untilGone(request);
        isSilent = request.body.length > 0 && !jsonOf(request);
        return inner(request);
      };
    },
  },
  'engine.transport.unknown-members#refused': refusing((key, known) => !known.includes(key)),
  'engine.transport.null-is-absent#refused': refusing((_, __, value) => value === null),
  'engine.transport.at-once#busy': {
    engineTransport: (inner) => {
      let running = 0;
      return async (request) => {
        if (running > 0) return json(503, { message: 'busy' });
        running += 1;
        await wait(20);
        const answer = await inner(request);
        running -= 1;
        return answer;
      };
    },
  },
  'engine.ping.version#missing': onAnswers(isPing, (answer) => without(answer, 'Api-Version')),
  'engine.ping.version#with-v': onAnswers(isPing, (answer) =>
    withHeader(answer, 'Api-Version', `v${answer.headers?.['Api-Version']}`),
  ),
  'engine.ping.os#missing': onAnswers(isPing, (answer) => without(answer, 'Ostype')),
  'engine.ping.not-kept#missing': onAnswers(isPing, (answer) => without(answer, 'Cache-Control')),
  'engine.ping-head.same#refused': answering(({ method }) => method === 'HEAD', { status: 405 }),
  'engine.ping-head.same#no-version': onAnswers(
    ({ method }) => method === 'HEAD',
    (answer) => without(answer, 'Api-Version'),
  ),
  'engine.version.as-ping#older': engineFault((inner) => ({
    systemVersion: async (context) => ({ ...(await inner.systemVersion(context)), ApiVersion: '1.24' }),
  })),
  'engine.version.range#above': engineFault((inner) => ({
    systemVersion: async (context) => ({ ...(await inner.systemVersion(context)), MinAPIVersion: '9.99' }),
  })),
  'engine.version.with-version#not-found': answering(
    (request) => versionIn(request) > 0 && pathOf(request) === '/version',
    notFound,
  ),
  'engine.info.network-drivers#empty': networkDrivers(() => []),
  'engine.info.network-drivers#no-bridge': networkDrivers((names) => names.filter((name) => name !== 'bridge')),
} as const satisfies Readonly<Partial<Record<FaultId, Fault>>>;

function networkDrivers(edit: (names: readonly string[]) => readonly string[]): Fault {
  return engineFault((inner) => ({
    systemInfo: async (context) => {
      const info = await inner.systemInfo(context);
      return { ...info, Plugins: { ...info.Plugins, Network: edit(info.Plugins.Network ?? []) } };
    },
  }));
}

/** Refuses bodies with a member that it does not like. */
function refusing(dislikes: (key: string, known: readonly string[], value: unknown) => boolean): Fault {
  return {
    engineTransport: (inner) => async (request) => {
      const schema = match(request.method, pathOf(request))?.operation.request?.schema;
      const known = schema ? Object.keys((schemas[schema as SchemaName]['properties'] ?? {}) as object) : [];
      const disliked = Object.entries(jsonOf(request) ?? {}).find(([key, value]) => dislikes(key, known, value));
      return disliked ? json(400, { message: `invalid member ${disliked[0]}` }) : inner(request);
    },
  };
}
