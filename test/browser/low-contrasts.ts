/// <reference lib="dom" />
/**
 * Every pair of colours of text and ground on a page whose contrast is below 4.5, as WCAG 2 wants at least for level
 * AA. It runs in the page, so it stands by itself.
 */
export function lowContrasts(): readonly string[] {
  const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string): number => {
    const [r = 0, g = 0, b = 0] = channels(color).map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element: Element | null): string => {
    if (!element) return 'rgb(255, 255, 255)';
    const color = getComputedStyle(element).backgroundColor;
    return channels(color)[3] === 0 ? ground(element.parentElement) : color;
  };
  const isText = ({ nodeType, textContent }: Node) => nodeType === Node.TEXT_NODE && textContent?.trim() !== '';
  const found = [...document.querySelectorAll('body *:not(script, style, option)')]
    .filter((element) => [...element.childNodes].some(isText))
    .map((element) => ({ text: getComputedStyle(element).color, behind: ground(element) }));
  const ratio = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const low = found.filter(({ text, behind }) => ratio(luminance(text), luminance(behind)) < 4.5);
  return [...new Set(low.map(({ text, behind }) => `${text} on ${behind}`))];
}
