import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { findProgram } from '../engines/find-program.js';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * Declares tests that run in the Chromium of the machine, without a window. Where there is none they are skipped with
 * a line that says so; with OPENCNM_REQUIRE_ENGINES=1 that is a failure.
 */
export function onChromium(declare: (browser: () => Browser) => void): void {
  const path = names.map(findProgram).find((found) => found !== undefined);
  const isRequired = process.env['OPENCNM_REQUIRE_ENGINES'] === '1';
  const reason = `${names.join(', ')} not found; install chromium`;
  if (path === undefined && !isRequired) console.warn(`skipped: Chromium: ${reason}`);
  describe.skipIf(path === undefined && !isRequired)('in Chromium', () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      if (path === undefined) throw new Error(`Chromium is required (OPENCNM_REQUIRE_ENGINES=1), but ${reason}`);
      // Chromium refuses to have a sandbox of its own as root.
      const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      browser = await chromium.launch({ executablePath: path, args });
    });
    afterAll(async () => browser?.close());
    declare(() => {
      if (browser === undefined) throw new Error('Chromium is not running');
      return browser;
    });
  });
}
