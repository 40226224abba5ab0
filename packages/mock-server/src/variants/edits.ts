import type { Handler, HttpRequest, HttpResponse } from '@opencnm/sdk/driver-kit';
import { bodyOf } from '../faults/wire-faults.js';
import type { Variant } from './variant.js';

/** The wrappers of a variant, without its words. */
export type Wrappers = Pick<Variant, 'networkDriver' | 'ipamDriver' | 'transport'>;

/** A JSON object. */
export type Body = Readonly<Record<string, unknown>>;

/** A driver that writes its answers in its own way. */
export function answering(edit: (answer: HttpResponse, request: HttpRequest) => HttpResponse): Wrappers {
  return {
    transport: (inner) => async (request) => {
      const answer = await inner(request);
      return answer === 'close' ? answer : edit(answer, request);
    },
  };
}

/** A driver whose failures look otherwise; what is not implemented stays as it is. */
export function failing(edit: (message: string, answer: HttpResponse, request: HttpRequest) => HttpResponse): Wrappers {
  return answering((answer, request) => {
    const message = objectOf(answer)?.['Err'];
    if (answer.status < 400 || answer.status === 404 || typeof message !== 'string') return answer;
    return edit(message, answer, request);
  });
}

/** A driver that writes its JSON objects in its own way; other bodies stay as they are. */
export function writing(print: (body: Body, answer: HttpResponse, request: HttpRequest) => string): Wrappers {
  return answering((answer, request) => {
    const body = objectOf(answer);
    return body ? { ...answer, body: print(body, answer, request) } : answer;
  });
}

/** A driver whose answers to one path have other members. */
export function reshaping(path: string, edit: (body: Body) => Body): Wrappers {
  return writing((body, { status }, request) =>
    JSON.stringify(status === 200 && request.path === path ? edit(body) : body),
  );
}

/** A driver that answers some calls itself, before anything else reads them. */
export function insteadOf(paths: readonly string[], answer: HttpResponse): { readonly transport: Wrapper } {
  return { transport: (inner) => async (request) => (paths.includes(request.path) ? answer : inner(request)) };
}

type Wrapper = (inner: Handler) => Handler;

/** The body of an answer as a JSON object; undefined for every other body. */
export function objectOf(answer: HttpResponse): Body | undefined {
  try {
    const value = JSON.parse(bodyOf(answer)) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined;
  } catch {
    return undefined;
  }
}

/** The same object with other names at every level whose names the definition fixes: maps keep theirs. */
export function renamed(body: Body, rename: (name: string) => string): Body {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      rename(name),
      ['Data', 'Options', 'Value'].includes(name) ? value : renamedValue(value, rename),
    ]),
  );
}

function renamedValue(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamedValue(item, rename));
  return typeof value === 'object' && value !== null ? renamed(value as Body, rename) : value;
}
