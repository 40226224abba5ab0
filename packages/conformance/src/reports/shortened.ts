/** Text cut after some characters, with how many there were. */
export function shortened(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit)}… (${text.length} characters)` : text;
}

/** Text in which a long run of one character is its beginning, and how long it is. */
export function withoutRuns(text: string): string {
  return text.replace(/(.)\1{63,}/gsu, (run, character: string) => `${character.repeat(8)}… (${run.length} times)`);
}
