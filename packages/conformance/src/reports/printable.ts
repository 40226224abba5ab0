/** Whatever is not drawn as itself: control, format and direction characters, odd separators, halves of pairs. */
const odd = String.raw`\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}`;
const unseen = new RegExp(`[${odd}]`, 'gu');

/** The parts of a text that are drawn as they are, and those that are not. */
export const seenOrNot = new RegExp(`[${odd}]+|[^${odd}]+`, 'gu');

/** Text of a target made safe for a terminal: what cannot be seen, or reorders what can, becomes a visible escape. */
export function printable(text: string): string {
  return text.replace(unseen, (character) => {
    if (character === '\n' || character === '\t') return character;
    const hex = (character.codePointAt(0) ?? 0).toString(16);
    return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
  });
}

/** Whether a text shows on one line as it is. */
export function isSeen(text: string): boolean {
  return text.search(unseen) < 0;
}

/** JSON in which everything that cannot be seen is an escape; what it says stays the same. */
export function escapedUnseen(json: string): string {
  return json.replace(unseen, (character) =>
    character === '\n'
      ? character
      : [...Array(character.length).keys()]
          .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
          .join(''),
  );
}
