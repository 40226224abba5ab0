import type { WireAnswer } from '../answer.js';
import { matching } from './matching.js';
import type { Matcher } from './pattern.js';

/** Text that is one JSON document. */
export const isOneDocument: Matcher = matching('one JSON document', (text) => {
  try {
    JSON.parse(String(text));
    return true;
  } catch {
    return false;
  }
});

/** Text of a JSON object that has a member of exactly this name. */
export function withMember(name: string): Matcher {
  return matching(`the member ${name}`, (text) => {
    try {
      return Object.hasOwn(JSON.parse(String(text)) as object, name);
    } catch {
      return false;
    }
  });
}

/** An object without a member, or with an empty one: the other face's error member, which engines do not read. */
export function withoutMember(name: string): Matcher {
  return matching(`an answer without the member ${name}`, (body) => {
    const value = (body as Readonly<Record<string, unknown>> | undefined)?.[name];
    return value === undefined || value === '' || value === null;
  });
}

/** An answer as it came over the wire whose failure, with status 200, is told where engines look. */
export const heardByIpam: Matcher = matching(
  'a failure with status 200 that is told in Error, as text, not in Err alone',
  (answer) => {
    const { status, body } = (answer ?? {}) as Partial<WireAnswer>;
    if (status !== 200) return true;
    try {
      const { Err: unheard = '', Error: heard = '' } = (JSON.parse(String(body)) ?? {}) as Readonly<
        Record<string, unknown>
      >;
      const isHeard = typeof heard === 'string' && heard !== '';
      return isHeard || ((unheard === '' || unheard === null) && (heard === null || heard === ''));
    } catch {
      return true;
    }
  },
);

/** Text without a part in it. */
export function withoutText(part: string): Matcher {
  return matching(`text without ${JSON.stringify(part)}`, (text) => !String(text).includes(part));
}
