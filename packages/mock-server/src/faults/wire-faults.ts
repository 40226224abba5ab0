import type { HttpRequest, HttpResponse } from '@opencnm/sdk/driver-kit';
import type { Fault } from './fault.js';

/** What becomes of an answer. */
export type Edit = (answer: HttpResponse, request: HttpRequest) => HttpResponse | 'close';

/** A fault of the answers to one path. */
export function onAnswer(path: string, edit: Edit): Fault {
  return editing((request) => request.path === path, edit);
}

/** A fault of the successes of one path. */
export function onSuccess(path: string, edit: Edit): Fault {
  return editing((request, answer) => request.path === path && answer.status === 200, edit);
}

/** A fault of the failures of paths that begin in one way. */
export function onFailure(prefix: string, edit: Edit): Fault {
  return editing(
    (request, answer) => request.path.startsWith(prefix) && answer.status >= 400 && answer.status !== 404,
    edit,
  );
}

/** A fault that answers some requests itself, before the driver sees them. */
export function instead(applies: (request: HttpRequest) => boolean, answer: HttpResponse | 'close' | 'hang'): Fault {
  return {
    transport: (inner) => async (request) => {
      if (!applies(request)) return inner(request);
      return answer === 'hang' ? untilGone(request) : answer;
    },
  };
}

/** Never answers: ends when the caller goes away. */
export function untilGone({ signal }: HttpRequest): Promise<'close'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('close');
    signal.addEventListener('abort', () => resolve('close'));
  });
}

/** The body of a request as JSON, undefined when it is none. */
export function jsonOf(request: HttpRequest): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(textOf(request)) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** The body of a request as text. */
export function textOf({ body }: HttpRequest): string {
  return new TextDecoder().decode(body);
}

/** Whether the body of a request is there, but no JSON. */
export function isBroken(request: HttpRequest): boolean {
  return request.body.length > 0 && textOf(request).trim() !== 'null' && jsonOf(request) === undefined;
}

/** The body of an answer as text. */
export function bodyOf({ body }: HttpResponse): string {
  return typeof body === 'string' ? body : '';
}

/** A JSON answer. */
export function json(status: number, value: unknown): HttpResponse {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
}

function editing(applies: (request: HttpRequest, answer: HttpResponse) => boolean, edit: Edit): Fault {
  return {
    transport: (inner) => async (request) => {
      const answer = await inner(request);
      return answer !== 'close' && applies(request, answer) ? edit(answer, request) : answer;
    },
  };
}
