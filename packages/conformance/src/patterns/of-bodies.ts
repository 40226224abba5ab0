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

/** Text without a part in it. */
export function withoutText(part: string): Matcher {
  return matching(`text without ${JSON.stringify(part)}`, (text) => !String(text).includes(part));
}
