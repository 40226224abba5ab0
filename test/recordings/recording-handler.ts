import type { Handler } from '@opencnm/sdk/driver-kit';
import type { RecordedCall } from './recording.js';

/** A handler that also keeps every call, and what was kept. */
export interface RecordingHandler {
  readonly handler: Handler;
  /** Takes out what was kept since the last time. */
  readonly take: () => readonly RecordedCall[];
}

/** Wraps a handler so that its calls can be held against a recording. */
export function recordingHandler(inner: Handler): RecordingHandler {
  const kept: RecordedCall[] = [];
  return {
    async handler(request) {
      const body: unknown = request.body.length === 0 ? null : JSON.parse(new TextDecoder().decode(request.body));
      const answer = await inner(request);
      if (answer === 'close') throw new Error(`${request.path} was dropped`);
      const response: unknown = JSON.parse(String(answer.body));
      kept.push({ method: request.method, path: request.path, body, status: answer.status, response });
      return answer;
    },
    take: () => kept.splice(0),
  };
}
