import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One recorded call: what the engine sent and what the driver answered. */
export interface RecordedCall {
  readonly method: string;
  /** With the leading slash: `/NetworkDriver.Join`. */
  readonly path: string;
  /** In the order of the wire; absent in recordings taken from a driver's own log. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Null when the request had no body. */
  readonly body: unknown;
  readonly status: number;
  /** The answer; text where it was not JSON. */
  readonly response: unknown;
}

const folder = join(import.meta.dirname, '..', '..', 'recordings', 'docker-20.10.24');

/** The names of all scenarios, `01-network-lifecycle-ipv4` first. */
export const scenarios: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.jsonl'))
  .map((file) => file.slice(0, -'.jsonl'.length))
  .sort();

/** The scenarios in which the driver answered every call rightly. */
export const healthyScenarios: readonly string[] = scenarios.filter((name) => /^(0[1-4]|24)-/.test(name));

/** The calls of one scenario in the order of the wire. */
export function recording(scenario: string): readonly RecordedCall[] {
  const lines = readFileSync(join(folder, `${scenario}.jsonl`), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map(callOf);
}

/** A deliberate wrong answer was recorded as the text that it was sent as. */
function callOf(line: string): RecordedCall {
  const call = JSON.parse(line) as RecordedCall;
  if (typeof call.response !== 'string') return call;
  try {
    return { ...call, response: JSON.parse(call.response) };
  } catch {
    return call;
  }
}

/** A docker command of a scenario, what it printed and how it ended. */
export interface RecordedCommand {
  /** Without `docker`. */
  readonly args: readonly string[];
  readonly printed: string;
  readonly exit: number;
}

/** The docker commands of one scenario that reached the engine. */
export function commands(scenario: string): readonly RecordedCommand[] {
  const text = readFileSync(join(folder, 'cli.txt'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(`${scenario}\n`)) ?? '';
  const parts = section.split(/^\$ docker /m).slice(1);
  // In 02 the client itself refused to run the container, which other releases of it do.
  return parts.map(commandOf).filter(({ args }) => !scenario.startsWith('02-') || args[0] === 'network');
}

function commandOf(text: string): RecordedCommand {
  const [line = '', ...rest] = text.split('\n');
  const [plain = '', format] = line.split(' --format ');
  const args = [...plain.split(' '), ...(format === undefined ? [] : ['--format', format])];
  const printed = rest.join('\n');
  const exit = /^exit=(\d+)$/m.exec(printed)?.[1];
  return { args, printed: printed.replace(/^exit=\d+\n/m, ''), exit: Number(exit) };
}
