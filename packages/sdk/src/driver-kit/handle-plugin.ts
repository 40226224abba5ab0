import {
  type Face,
  type IpamDriver,
  match,
  type NetworkDriver,
  type OperationId,
  operation,
  operationsOf,
  type SchemaName,
  validate,
} from '@opencnm/spec';
import { CnmError } from '../cnm-error.js';
import type { Handler, HttpRequest, HttpResponse } from './handler.js';
import { readJson } from './read-json.js';

/** What a plugin implements; a method that is left out is answered with 404. */
export interface PluginFaces {
  /** Without `getCapabilities` its scope is local, and it checks gateways when it has `gwAllocCheck`. */
  readonly networkDriver?: Partial<NetworkDriver>;
  readonly ipamDriver?: Partial<IpamDriver>;
}

type Method = (...input: readonly unknown[]) => Promise<unknown>;

const mediaType = 'application/vnd.docker.plugins.v1.2+json';

/** HTTP over implementations of the driver faces: activation, validation of requests, error members and statuses. */
export function handlePlugin(faces: PluginFaces): Handler {
  const methods = new Map<OperationId, Method>([
    ...(faces.networkDriver ? [capabilitiesOf(faces.networkDriver)] : []),
    ...methodsOf('network-driver', faces.networkDriver),
    ...methodsOf('ipam-driver', faces.ipamDriver),
    ['Plugin.Activate', async () => ({ Implements: implemented(faces) })],
  ]);
  return async (request) => {
    const found = match('POST', request.path.split('?')[0] ?? '')?.operation;
    const face = found?.face ?? 'plugin';
    const method = found && methods.get(found.id);
    if (!found || !method) return failure(face, 404, `${request.path} is not implemented`);
    if (request.method !== 'POST')
      return failure(face, 405, `${request.method} ${request.path} is not a call; send POST`);
    try {
      const input = inputOf(found.id, request);
      const context = { signal: request.signal };
      return success((await (input === undefined ? method(context) : method(input, context))) ?? {});
    } catch (error) {
      return refusal(face, error);
    }
  };
}

function implemented({ networkDriver, ipamDriver }: PluginFaces): readonly string[] {
  return [...(networkDriver ? ['NetworkDriver'] : []), ...(ipamDriver ? ['IpamDriver'] : [])];
}

/** An engine does not register a network driver that cannot tell its capabilities. */
function capabilitiesOf({ gwAllocCheck }: Partial<NetworkDriver>): readonly [OperationId, Method] {
  const capabilities = { Scope: 'local', ...(gwAllocCheck ? { GwAllocChecker: true } : {}) };
  return ['NetworkDriver.GetCapabilities', async () => capabilities];
}

function methodsOf(face: Face, implementation: object | undefined): readonly (readonly [OperationId, Method])[] {
  if (!implementation) return [];
  return operationsOf(face).flatMap(({ id, call }) => {
    const method = (implementation as Readonly<Record<string, unknown>>)[call];
    return typeof method === 'function' ? [[id, method.bind(implementation) as Method] as const] : [];
  });
}

/** The validated body of a call; undefined for calls without one. */
function inputOf(id: OperationId, { body }: HttpRequest): unknown {
  const { request } = operation(id);
  if (!request) return undefined;
  if (body.length === 0)
    throw new CnmError({ code: 'invalid-input', status: 400, message: `${id} needs a request body` });
  const input = readJson(body);
  const [problem] = validate(request.schema as SchemaName, input);
  if (problem)
    throw new CnmError({
      code: 'invalid-input',
      status: 400,
      message: `${id}: ${problem.path || 'the request'} ${problem.message}`,
    });
  return input;
}

function success(body: unknown): HttpResponse {
  return { status: 200, headers: { 'Content-Type': mediaType }, body: `${JSON.stringify(body)}\n` };
}

/** What an implementation threw, as its face says errors: with a status of 400 or more, engines of every age read `Err`. */
function refusal(face: Face, error: unknown): HttpResponse {
  const text = error instanceof Error ? error.message : typeof error === 'string' ? error : '';
  return failure(face, statusOf(error), text.split('\n')[0] || 'the driver failed without a message');
}

/** 404 tells an engine that the method does not exist, so only an error that means it may have it. */
function statusOf(error: unknown): number {
  if (!(error instanceof CnmError)) return 500;
  if (error.code === 'not-implemented') return 404;
  const { status = 500 } = error;
  return status >= 400 && status <= 599 && status !== 404 ? status : 500;
}

/** IPAM errors carry both members: engines read Err in a status, and clients that follow the schema read Error. */
function failure(face: Face, status: number, message: string): HttpResponse {
  const body = face === 'ipam-driver' ? { Err: message, Error: message } : { Err: message };
  const headers = { 'Content-Type': mediaType, ...(status === 405 ? { Allow: 'POST' } : {}) };
  return { status, headers, body: `${JSON.stringify(body)}\n` };
}
