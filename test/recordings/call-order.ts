import type { NetworkDriver } from '@opencnm/spec';
import type { RecordedCall } from './recording.js';

/**
 * The calls in order, each with the place of its endpoint. Left out: questions that engines repeat at will. Endpoints
 * that end at the same time are told one after the other, since the engine ends them side by side.
 */
export function orderOf(calls: readonly RecordedCall[]): readonly string[] {
  const told = calls.filter(({ path }) => !/\.(Activate|Get\w+|GwAllocCheck|EndpointOperInfo)$/.test(path));
  const ids = [...new Set(told.map(endpointOf))];
  const placed = told.map((call) => ({ path: call.path, place: ids.indexOf(endpointOf(call)) }));
  const isEnd = ({ path }: { readonly path: string }) => /\.(Leave|DeleteEndpoint)$/.test(path);
  let run = 0;
  const inRuns = placed.map((call, index) => {
    const before = placed[index - 1];
    if (before === undefined || !isEnd(call) || !isEnd(before)) run += 1;
    return { ...call, run };
  });
  return inRuns.sort((a, b) => a.run - b.run || a.place - b.place).map(({ path, place }) => `${path} ${place}`);
}

function endpointOf({ body }: RecordedCall): unknown {
  return (body as { readonly EndpointID?: string } | null)?.EndpointID;
}

/** A driver in memory has no links to move, so its join must not name any. */
export function withoutLinks(inner: NetworkDriver): NetworkDriver {
  return {
    ...inner,
    join: async (request, context) => {
      await inner.join(request, context);
      return {};
    },
  };
}

/** An argument of a recorded command, with the driver and the image that the test has. */
export function replaced(arg: string, driver: string, image: string): string {
  return arg === 'rec' ? driver : arg === 'busybox:local' ? image : arg;
}
