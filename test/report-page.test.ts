import { exec } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checks, htmlReport, runSuite } from '@opencnm/conformance';
import { startMock } from '@opencnm/mock-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostile } from '../packages/conformance/test/report-of.js';
import { lowContrasts } from './browser/low-contrasts.js';
import { onChromium } from './browser/on-chromium.js';
import { openedPage } from './browser/opened-page.js';

const folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
const faulty = join(folder, 'faulty.html');
const evil = join(folder, 'evil.html');
const socket = join(folder, 'evil.sock');
let server: Server;

/** A driver that says nothing but what could be taken for markup, for the end of a line, or for something else. */
function evilDriver(): Server {
  return createServer((request, response) => {
    const isHandshake = request.url === '/Plugin.Activate';
    const body = isHandshake ? { Implements: ['NetworkDriver'] } : { Err: `${hostile}${'W'.repeat(5000)}` };
    request.resume().on('end', () => {
      response.writeHead(isHandshake ? 200 : 500, { 'Content-Type': `text/html; x="'><b>"` });
      response.end(JSON.stringify(body));
    });
  });
}

beforeAll(async () => {
  server = evilDriver();
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  const some = checks.filter(({ id }) => /^(activate|create-network|join|get-capabilities)\./.test(id));
  writeFileSync(evil, htmlReport(await runSuite({ target: `unix://${socket}`, checks: some, seed: 7 })));
  const mock = await startMock({ plugin: `unix://${folder}/mock.sock` });
  mock.reset(['network-driver.get-capabilities.scope#upper-case', 'network-driver.delete-network.succeeds#refused']);
  const report = await runSuite({ target: mock.pluginUrl ?? '', budget: 5, seed: 7 });
  writeFileSync(faulty, htmlReport(report));
  await mock.close();
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

onChromium((browser) => {
  const looks = [
    ['light', 1400],
    ['light', 360],
    ['dark', 1400],
    ['dark', 360],
  ] as const;
  describe.each([
    ['a driver with many failures', faulty],
    ['a driver that says markup', evil],
  ])('the page about %s', (_, file) => {
    it.each(looks)('is readable when it is %s and %i px wide', async (colorScheme, width) => {
      const { page, troubles, close } = await openedPage(browser(), file, {
        colorScheme,
        viewport: { width, height: 800 },
      });
      await page.evaluate(() => {
        for (const each of document.querySelectorAll('details')) each.open = true;
      });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await page.evaluate(lowContrasts)).toEqual([]);
      expect(troubles).toEqual([]);
      await close();
    });
  });

  it('shows text of the target as text', async () => {
    const { page, troubles, close } = await openedPage(browser(), evil);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('img, iframe, a, link, object, svg, b:has(b), [onfocus], [autofocus]').count()).toBe(0);
    const text = await page.locator('main').textContent();
    for (const part of [
      '</script></style></pre></details><script>alert(1)</script><img src=x',
      '&&lt;',
      '\\u202e\\u2066',
    ])
      expect(text).toContain(part);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Not conformant');
    expect(troubles).toEqual([]);
    await close();
  });

  it('filters by mouse, and shows all again', async () => {
    const { page, close } = await openedPage(browser(), faulty);
    const shown = page.locator('.check:visible');
    const all = await shown.count();
    await page.getByLabel('Verdict').selectOption('fail');
    const failed = await shown.count();
    expect(failed).toBeGreaterThan(0);
    expect(failed).toBeLessThan(all);
    expect(await page.locator('.check[data-verdict="fail"]:visible').count()).toBe(failed);
    expect(await page.getByRole('status').textContent()).toBe(`${failed} of ${all} checks shown`);
    await page.getByLabel('Face').selectOption('plugin');
    await page.getByLabel('Level').selectOption('MUST');
    await page.getByLabel('Text').fill('get-capabilities.scope');
    expect(await shown.count()).toBe(0);
    await page.getByLabel('Face').selectOption('');
    expect(await shown.count()).toBe(1);
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => shown.count()).toBe(all);
    await close();
  });

  it('is used with the keyboard alone: filter, open, copy, and the copied call works', async () => {
    const { page, troubles, close } = await openedPage(browser(), evil, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    // The table of figures can be scrolled with the keyboard, so it is the first stop.
    await press('Tab', 'Tab', 'Tab', 'Tab', 'Tab');
    await page.keyboard.type('activate.fast');
    expect(await page.locator('.check:visible').count()).toBe(1);
    await press('Tab');
    expect(await focused()).toBe('Show all');
    await press('Enter');
    await expect.poll(() => page.locator('.check:visible').count()).toBeGreaterThan(1);
    const check = page.locator('.check', { hasText: 'get-capabilities.scope' }).first();
    await check.locator('> summary').focus();
    await press('Enter');
    expect(await check.getAttribute('open')).toBeNull();
    await press('Enter', 'Tab', 'Enter', 'Tab', 'Enter');
    await expect.poll(focused).toBe('Copied');
    const line = await page.evaluate(() => navigator.clipboard.readText());
    const { stdout } = await said(line);
    expect(JSON.parse(stdout)).toEqual({ Err: expect.stringContaining('<script>alert(1)</script>') as string });
    expect(troubles).toEqual([]);
    await close();
  });

  it('opens at the check that its address names', async () => {
    const { page, close } = await openedPage(browser(), faulty, { hash: '#check-activate.fast' });
    expect(await page.locator('[id="check-activate.fast"]').getAttribute('open')).not.toBeNull();
    await close();
  });

  it('is read without its script, and printed without its controls', async () => {
    const { page, close } = await openedPage(browser(), faulty, { javaScriptEnabled: false });
    expect(await page.locator('form, button.copy').locator('visible=true').count()).toBe(0);
    expect(await page.locator('.check').first().textContent()).toContain('Why it matters');
    await close();
    const printed = await openedPage(browser(), faulty);
    await printed.page.emulateMedia({ media: 'print' });
    expect(await printed.page.locator('form, .curl').locator('visible=true').count()).toBe(0);
    expect(await printed.page.locator('.check:visible').count()).toBeGreaterThan(100);
    await printed.close();
  });
});

/** What a line says in a shell; the driver that it calls runs here, so it must not be waited for in place. */
function said(line: string): Promise<{ readonly stdout: string }> {
  return new Promise((resolve, reject) => {
    exec(line, (error, stdout) => (error ? reject(error) : resolve({ stdout })));
  });
}
