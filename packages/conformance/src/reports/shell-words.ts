/** One shell word, whatever is in it. */
export function quoted(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A character that stands 64 times or more in a row, and is itself to `tr`. */
const runs = /([!-,./0-[\]-~])\1{63,}/g;

/** Shell commands that print a text; a long run of one character is made by the shell, as no line has room for it. */
export function printing(text: string): string {
  const commands: string[] = [];
  let at = 0;
  for (const { 0: run, 1: character = '', index } of text.matchAll(runs)) {
    if (index > at) commands.push(`printf %s ${quoted(text.slice(at, index))}`);
    commands.push(`printf '%${run.length}s' '' | tr ' ' ${quoted(character)}`);
    at = index + run.length;
  }
  if (at < text.length) commands.push(`printf %s ${quoted(text.slice(at))}`);
  return commands.join('; ');
}
