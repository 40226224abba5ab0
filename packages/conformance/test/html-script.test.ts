import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { htmlScript } from '../src/reports/html-script.js';

type Listener = (event: object) => void;

/** As much of a page as its script touches: a form with values, three checks, a call with its button, an output. */
function page(hash = '') {
  const listeners: Record<string, Listener> = {};
  const addEventListener = (name: string, listener: Listener) => {
    listeners[name] = listener;
  };
  const values = { face: '', level: '', verdict: '', text: '' };
  const form = { hidden: true, addEventListener };
  const output = { textContent: '' };
  const check = (face: string, level: string, verdict: string, textContent: string) => ({
    dataset: { face, level, verdict },
    textContent,
    hidden: false,
    open: false,
    matches: (selector: string) => selector === '.check',
  });
  const checks = [
    check('plugin', 'MUST', 'pass', 'activate.fast The handshake is fast'),
    check('plugin', 'SHOULD', 'warn', 'activate.names The handshake lists names'),
    check('engine', 'MUST', 'pass', 'network-create.id A network has an id'),
  ];
  const parentElement = { querySelector: () => ({ textContent: 'curl -sS' }) };
  const button = { hidden: true, textContent: 'Copy', parentElement, matches: () => true };
  const copied: string[] = [];
  const later: (() => void)[] = [];
  const ids: Readonly<Record<string, object>> = {
    filters: form,
    shown: output,
    'check-activate.names': checks[1] ?? {},
  };
  runInNewContext(htmlScript.html, {
    document: {
      getElementById: (id: string) => ids[id] ?? null,
      querySelectorAll: (selector: string) => (selector === '.check' ? checks : [button]),
      addEventListener,
    },
    FormData: function formData() {
      return Object.entries(values);
    },
    navigator: { clipboard: { writeText: async (text: string) => copied.push(text) } },
    location: { hash },
    setTimeout: (call: () => void) => later.push(call),
  });
  const shown = () => checks.flatMap(({ hidden }, index) => (hidden ? [] : [index]));
  const enter = (change: Partial<typeof values>) => {
    Object.assign(values, change);
    listeners['input']?.({});
    return shown();
  };
  return { form, button, checks, copied, enter, later, listeners, output, shown, values };
}

it('shows the form and the buttons, and tells how many checks are shown', () => {
  const { form, button, output, shown } = page();
  expect([form.hidden, button.hidden]).toEqual([false, false]);
  expect(shown()).toEqual([0, 1, 2]);
  expect(output.textContent).toBe('3 of 3 checks shown');
});

it('filters by face, level, verdict and words, all of them at once', () => {
  const { enter, output } = page();
  expect(enter({ face: 'plugin' })).toEqual([0, 1]);
  expect(enter({ level: 'MUST' })).toEqual([0]);
  expect(output.textContent).toBe('1 of 3 checks shown');
  expect(enter({ face: '', level: '', verdict: 'pass' })).toEqual([0, 2]);
  expect(enter({ text: ' NETWORK  id ' })).toEqual([2]);
  expect(enter({ text: 'names' })).toEqual([]);
});

it('shows all again when the form is reset', () => {
  const { enter, later, listeners, shown, values } = page();
  enter({ text: 'nothing has this' });
  listeners['reset']?.({});
  Object.assign(values, { text: '' });
  for (const call of later) call();
  expect(shown()).toEqual([0, 1, 2]);
});

it('copies the call whose button is pressed, and says so', async () => {
  const { button, copied, later, listeners, output } = page();
  listeners['click']?.({ target: button });
  await expect.poll(() => button.textContent).toBe('Copied');
  expect(copied).toEqual(['curl -sS']);
  expect(output.textContent).toBe('The call was copied');
  for (const call of later) call();
  expect([button.textContent, output.textContent]).toEqual(['Copy', '3 of 3 checks shown']);
});

it('opens the check that the address names', () => {
  const open = (hash: string) => page(hash).checks.map((check) => check.open);
  expect(open('#check-activate.names')).toEqual([false, true, false]);
  expect(open('#shown-not')).toEqual([false, false, false]);
});
