/** The names that a target made anew: ids of pools, networks and containers that later requests speak of. */
export interface NewNames {
  /** Compares an old answer with the new one, and keeps each name that is another now. */
  readonly learn: (before: string, now: string) => void;
  /** A body that speaks of old names, with the new ones; otherwise as it is. */
  readonly inBody: (body: string) => string;
  /** The same for a path. */
  readonly inPath: (path: string) => string;
}

/** No names yet. */
export function newNames(): NewNames {
  const names = new Map<string, string>();
  const replaced = (text: string, quoted: (name: string) => string): string => {
    if (names.size === 0) return text;
    const quotedNames = new Map([...names].map(([before, now]) => [quoted(before), quoted(now)]));
    const any = [...quotedNames.keys()].map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
    return text.replace(new RegExp(any, 'g'), (name) => quotedNames.get(name) ?? name);
  };
  return {
    learn: (before, now) => compare(parsed(before), parsed(now), names),
    inBody: (body) => replaced(body, JSON.stringify),
    inPath: (path) => replaced(path, encodeURIComponent),
  };
}

/** A name is a word of some length: `10.1.0.0/16`, an id; not a message. */
const name = /^[^\s\p{Cs}]{8,256}$/u;

/** An address with its prefix length: a release names it without. */
const cidr = /^([\da-f.:]+)\/\d{1,3}$/i;

function compare(before: unknown, now: unknown, names: Map<string, string>, depth = 0): void {
  if (typeof before === 'string' && typeof now === 'string') {
    if (before === now || !name.test(before) || !name.test(now)) return;
    names.set(before, now);
    const [plain, newPlain] = [cidr.exec(before)?.[1], cidr.exec(now)?.[1]];
    if (plain !== undefined && newPlain !== undefined) names.set(plain, newPlain);
    return;
  }
  if (depth > 32 || typeof before !== 'object' || typeof now !== 'object' || before === null || now === null) return;
  for (const [key, inner] of Object.entries(before)) {
    if (Object.hasOwn(now, key)) compare(inner, (now as Record<string, unknown>)[key], names, depth + 1);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
