import { setTimeout as wait } from 'node:timers/promises';
import { printed } from '../patterns/printed.js';
import { Untestable } from '../untestable.js';
import { runShell } from './shell.js';

const hookMs = 60_000;
const settleMs = 2_000;
const pauseMs = 100;

/** What a driver holds, as the user's command counts it; throws Untestable unless it prints one whole number. */
export async function heldCount(command: string): Promise<number> {
  const { code, out } = await runShell(command, hookMs, 'output');
  if (code === undefined) throw new Untestable(`--hook-state did not end within ${hookMs / 1000} s: ${command}`);
  if (code !== 0) throw new Untestable(`--hook-state ended with exit code ${code}: ${command}`);
  if (!/^\s*\d{1,15}\s*$/.test(out))
    throw new Untestable(`--hook-state has to print one whole number, and printed ${printed(out)}: ${command}`);
  return Number(out);
}

/** The count once it is what it was before, or after two seconds: drivers may tidy up behind an answer. */
export async function settledCount(command: string, before: number): Promise<number> {
  const deadline = performance.now() + settleMs;
  for (;;) {
    const count = await heldCount(command);
    if (count === before || performance.now() > deadline) return count;
    await wait(pauseMs);
  }
}
