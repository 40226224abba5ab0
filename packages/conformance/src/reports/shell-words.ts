import { isSeen, seenOrNot } from './printable.js';

/** One shell word, whatever is in it. */
export function quoted(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A character that stands 64 times or more in a row, and is itself to `tr`. */
const runs = /([!-,./0-[\]-~])\1{63,}/g;

/**
 * Shell commands on one line that print a text; a long run of one character is made by the shell, as no line has room
 * for it, and what cannot be seen is written as its bytes.
 */
export function printing(text: string): string {
  const commands: string[] = [];
  let at = 0;
  for (const { 0: run, 1: character = '', index } of text.matchAll(runs)) {
    commands.push(...plain(text.slice(at, index)), `printf '%${run.length}s' '' | tr ' ' ${quoted(character)}`);
    at = index + run.length;
  }
  return [...commands, ...plain(text.slice(at))].join('; ');
}

function plain(text: string): readonly string[] {
  return (text.match(seenOrNot) ?? []).map((part) =>
    isSeen(part) ? `printf %s ${quoted(part)}` : `printf '${octal(part)}'`,
  );
}

function octal(text: string): string {
  return [...Buffer.from(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
