/** Whether an id fits a glob, in which `*` is any text and `?` one character; in time bounded by both lengths. */
export function fitsGlob(glob: string, id: string): boolean {
  let at = 0;
  let from = 0;
  let star = -1;
  let resume = 0;
  while (at < id.length) {
    if (glob[from] === '*') {
      star = from++;
      resume = at;
    } else if (from < glob.length && (glob[from] === '?' || glob[from] === id[at])) {
      from++;
      at++;
    } else if (star >= 0) {
      from = star + 1;
      at = ++resume;
    } else return false;
  }
  while (glob[from] === '*') from++;
  return from === glob.length;
}
