import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A page in a window of its own, and what went wrong on it: errors, dialogs, and anything that was loaded. */
export interface OpenedPage {
  readonly page: Page;
  readonly troubles: readonly string[];
  readonly close: () => Promise<void>;
}

/** Opens a file as a reader does who double-clicks it. */
export async function openedPage(
  browser: Browser,
  file: string,
  { hash = '', ...options }: BrowserContextOptions & { readonly hash?: string } = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => troubles.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== `file://${file}${hash}` && request.url() !== `file://${file}`)
      troubles.push(`request: ${request.url()}`);
  });
  await page.goto(`file://${file}${hash}`);
  return { page, troubles, close: () => context.close() };
}
