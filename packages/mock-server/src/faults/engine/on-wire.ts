import type { HttpRequest, HttpResponse } from '@opencnm/sdk/driver-kit';
import type { Fault } from '../fault.js';

/** A fault of some answers of the engine. */
export function onAnswers(
  applies: (request: HttpRequest, answer: HttpResponse) => boolean,
  edit: (answer: HttpResponse) => HttpResponse,
): Fault {
  return {
    engineTransport: (inner) => async (request) => {
      const answer = await inner(request);
      return answer !== 'close' && applies(request, answer) ? edit(answer) : answer;
    },
  };
}

/** A fault that answers some requests itself. */
export function answering(applies: (request: HttpRequest) => boolean, answer: HttpResponse): Fault {
  return { engineTransport: (inner) => async (request) => (applies(request) ? answer : inner(request)) };
}

/** A fault that hands some requests on in another form. */
export function mistaking(edit: (request: HttpRequest) => HttpRequest): Fault {
  return { engineTransport: (inner) => (request) => inner(edit(request)) };
}

/** The path without version and query. */
export function pathOf({ path }: HttpRequest): string {
  return path.replace(/^\/v\d+\.\d+/, '').replace(/\?.*/s, '');
}

/** The version in the path as a number, 1.41 as 1041; 0 without one. */
export function versionIn({ path }: HttpRequest): number {
  const [, major = '0', minor = '0'] = /^\/v(\d+)\.(\d+)\//.exec(path) ?? [];
  return Number(major) * 1000 + Number(minor);
}

/** An answer without one of its headers. */
export function without(answer: HttpResponse, header: string): HttpResponse {
  const { [header]: _, ...headers } = answer.headers ?? {};
  return { ...answer, headers };
}

/** An answer with a header of another value. */
export function withHeader(answer: HttpResponse, header: string, value: string): HttpResponse {
  return { ...answer, headers: { ...answer.headers, [header]: value } };
}
