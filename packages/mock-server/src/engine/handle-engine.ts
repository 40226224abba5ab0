import { CnmError } from '@opencnm/sdk';
import { type Handler, type HttpRequest, type HttpResponse, readJson } from '@opencnm/sdk/driver-kit';
import { decodeRequest, type Engine, type Matched, match, type SchemaName, validate } from '@opencnm/spec';
import { apiVersions } from './system.js';

type Method = (...input: readonly unknown[]) => unknown;

/** HTTP over an engine: version prefixes, parameters, bodies, statuses and the error body `{"message": …}`. */
export function handleEngine(engine: Engine): Handler {
  return async (request) => {
    try {
      return stamped(await answer(engine, request));
    } catch (error) {
      return stamped(refusal(error));
    }
  };
}

async function answer(engine: Engine, request: HttpRequest): Promise<HttpResponse> {
  const [rawPath = '/', rawQuery = ''] = request.path.split(/\?(.*)/s);
  const path = unversioned(rawPath);
  const found = match(request.method, path) ?? match(request.method, path.replace(/(?<=.)\/$/, ''));
  if (found?.operation.face !== 'engine')
    throw new CnmError({ code: 'not-found', status: 404, message: 'page not found' });
  const method = (engine as unknown as Readonly<Record<string, Method>>)[found.operation.call];
  if (!method)
    throw new CnmError({ code: 'not-implemented', status: 501, message: `${found.operation.id} is not implemented` });
  const input = inputOf(found, Object.fromEntries(new URLSearchParams(rawQuery)), request);
  const context = { signal: request.signal };
  const takesInput = found.operation.parameters.length > 0 || found.operation.request !== undefined;
  const output = await (takesInput ? method(input, context) : method(context));
  return response(found, output);
}

/** The path without `/v1.NN`; a version outside the range of the engine is refused as engines do. */
function unversioned(path: string): string {
  const found = /^\/v(\d+)\.(\d+)(\/.*)$/.exec(path);
  if (!found) return path;
  const [, major = '', minor = '', rest = '/'] = found;
  const asked = Number(major) * 1000 + Number(minor);
  const limit = (text: string) => Number(text.split('.')[0]) * 1000 + Number(text.split('.')[1]);
  const refuse = (message: string) => new CnmError({ code: 'invalid-input', status: 400, message });
  if (asked > limit(apiVersions.newest))
    throw refuse(`client version ${major}.${minor} is too new. Maximum supported API version is ${apiVersions.newest}`);
  if (asked < limit(apiVersions.oldest)) {
    throw refuse(
      `client version ${major}.${minor} is too old. Minimum supported API version is ${apiVersions.oldest}, please upgrade your client to a newer version`,
    );
  }
  return rest;
}

function inputOf(
  { operation, params }: Matched,
  query: Readonly<Record<string, string>>,
  request: HttpRequest,
): unknown {
  const body = operation.request ? bodyOf(operation.request, request) : undefined;
  try {
    return decodeRequest(operation, { params, query, ...(body === undefined ? {} : { body }) });
  } catch (error) {
    throw new CnmError({ code: 'invalid-input', status: 400, message: (error as Error).message });
  }
}

function bodyOf(
  { required, schema }: NonNullable<Matched['operation']['request']>,
  { body, headers }: HttpRequest,
): unknown {
  const refuse = (message: string) => new CnmError({ code: 'invalid-input', status: 400, message });
  if (body.length === 0) {
    if (!required) return undefined;
    throw refuse('invalid JSON: got EOF while reading request body');
  }
  const type = headers['content-type'] ?? '';
  if (!/^application\/json\b/i.test(type))
    throw refuse(`unsupported media type: "${type}": must be 'application/json'`);
  const value = readJson(body);
  const [problem] = validate(schema as SchemaName, value);
  if (problem) throw refuse(`invalid request: ${problem.path || 'the body'} ${problem.message}`);
  return value;
}

function response({ operation }: Matched, output: unknown): HttpResponse {
  const [status = '200', declared] = Object.entries(operation.responses).find(([each]) => each.startsWith('2')) ?? [];
  if (declared?.stream)
    return {
      status: Number(status),
      headers: { 'Content-Type': 'application/json' },
      body: lines(output as AsyncIterable<unknown>),
    };
  if (operation.id === 'SystemPing' || operation.id === 'SystemPingHead') {
    const headers = {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-cache, no-store, must-revalidate',
    };
    return { status: 200, headers, ...(operation.id === 'SystemPing' ? { body: 'OK' } : {}) };
  }
  if (!declared?.schema) return { status: Number(status) };
  return {
    status: Number(status),
    headers: { 'Content-Type': 'application/json' },
    body: `${JSON.stringify(output)}\n`,
  };
}

async function* lines(events: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}

function refusal(error: unknown): HttpResponse {
  const status = error instanceof CnmError && error.status !== undefined ? error.status : 500;
  if (status === 304) return { status };
  const message =
    error instanceof Error && error.message !== '' ? error.message : 'the engine failed without a message';
  return { status, headers: { 'Content-Type': 'application/json' }, body: `${JSON.stringify({ message })}\n` };
}

/** Every answer of an engine says who it is. */
function stamped(answer: HttpResponse): HttpResponse {
  const headers = {
    'Api-Version': apiVersions.newest,
    'Docker-Experimental': 'false',
    Ostype: 'linux',
    Server: 'OpenCNM',
    'Builder-Version': '1',
    Swarm: 'inactive',
  };
  return { ...answer, headers: { ...headers, ...answer.headers } };
}
