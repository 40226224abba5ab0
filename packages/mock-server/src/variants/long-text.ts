/** An IPv6 address in full and in upper case: `FD00:0000:0000:0000:0000:0000:0000:0001` for `fd00::1`. */
export function longText(ip: string): string {
  const [before = '', after] = ip.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [head, tail] = [groups(before), groups(after ?? '')];
  const middle = after === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...middle, ...tail].map((group) => group.padStart(4, '0').toUpperCase()).join(':');
}
