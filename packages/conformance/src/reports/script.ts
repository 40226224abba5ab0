import type { Exchange } from '../answer.js';
import type { Judged } from '../outcome.js';
import type { Report } from '../report.js';
import { curl, isCommand } from './curl.js';
import { printable } from './printable.js';
import { quoted } from './shell-words.js';

/** What later calls take from an answer: the member, and the part of its value that they name. */
const taken: Readonly<Record<string, { readonly member: string; readonly part: RegExp }>> = {
  'IpamDriver.RequestPool': { member: 'PoolID', part: /^.+$/ },
  'IpamDriver.RequestAddress': { member: 'Address', part: /^[^/]+/ },
  'NetworkDriver.Join': { member: 'SrcName', part: /^.+$/ },
  NetworkCreate: { member: 'Id', part: /^.+$/ },
};

/**
 * The calls of a failed sequence as a shell script for a fresh target. Ids and addresses come from the answers of that
 * target; the script exits with 1 when the last answer is as wrong as it was, with 0 when it is another one, and with 3
 * when nobody listens there.
 */
export function script({ id, title, reason, evidence }: Judged, { target: { url }, seed }: Report): string {
  const exchanges = evidence.filter(({ step }) => step === 'given' || step === 'act');
  const known = new Map<string, string>();
  const lines = exchanges.flatMap((exchange) => {
    const line = curl(exchange, url);
    if (!isCommand(line)) return [comment(line), "echo 'a call is too long for this script'; exit 2"];
    const call = `answer=$(${withVariables(line, known)})${unlessNobodyListens}`;
    const variable = takes(exchange, known);
    return [call, `printf '%s\\n' "$answer"`, ...(variable ? [variable] : [])];
  });
  return [
    '#!/bin/sh',
    ...[
      `${id}: ${title}`,
      reason,
      'Exits with 1 when the last answer is wrong again. If it is not, the failure needs what came before:',
      `opencnm-conformance run ${url} --only ${id} --seed ${seed}`,
    ].map(comment),
    ...lines,
    ending(exchanges.at(-1), known),
    '',
  ].join('\n');
}

/** A call that cannot connect says nothing of the target's answers: curl ends with 7 then. */
const unlessNobodyListens = " || [ $? -ne 7 ] || { echo 'nobody listens there'; exit 3; }";

function comment(text: string): string {
  return `# ${printable(text).replaceAll(/\s+/g, ' ')}`;
}

/** Reads the value that an answer gives to later calls into a variable. */
function takes({ operation, response }: Exchange, known: Map<string, string>): string | undefined {
  const source = taken[operation];
  const value = source && memberOf(response?.body, source.member)?.match(source.part)?.[0];
  if (!source || value === undefined || value.length < 4 || known.has(value)) return undefined;
  const name = `v${known.size + 1}`;
  known.set(value, name);
  const stop = source.member === 'Address' ? '"/' : '"';
  return `${name}=$(printf %s "$answer" | sed -n 's/.*"${source.member}"[ ]*:[ ]*"\\([^${stop}]*\\).*/\\1/p')`;
}

/** Found as the script finds it: as text, wherever in the body it stands. */
function memberOf(body: string | undefined, member: string): string | undefined {
  return body?.match(new RegExp(`"${member}"\\s*:\\s*"([^"]*)`))?.[1];
}

/** Values that are the same in JSON, in a path and between single quotes, so that a variable can stand for them. */
const substituted = /^[\w !#$%()*+,./:;=?@[\]^`{|}~-]+$/;

/** A line of shell words in which values of this run are variables, inside single quotes and outside. */
function withVariables(line: string, known: ReadonlyMap<string, string>): string {
  let text = line;
  for (const [value, name] of known) {
    if (!substituted.test(value)) continue;
    const places = new RegExp(`(?<=["/])${value.replaceAll(/[^\w\s]/g, '\\$&')}(?=["?/\\s']|$)`, 'g');
    text = text.replaceAll(places, (_, offset: number) =>
      isQuoted(text.slice(0, offset)) ? `'"$${name}"'` : `"$${name}"`,
    );
  }
  return text;
}

/** True when what follows stands inside single quotes. */
function isQuoted(before: string): boolean {
  return before.replaceAll("\\'", '').split("'").length % 2 === 0;
}

const times = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
const withoutTimes = "sed 's/[0-9]\\{4\\}-[0-9-]*T[0-9:.]*Z//g'";

/** Says whether the last answer is as wrong as it was: a refusal again, or the same body again, but for its times. */
function ending(last: Exchange | undefined, known: ReadonlyMap<string, string>): string {
  const body = (last?.response?.body ?? '').trim();
  const isRefusal = (last?.response?.status ?? 0) >= 400 || /"(Err|Error)"\s*:\s*"[^"]/.test(body);
  const wrong = isRefusal
    ? `printf %s "$answer" | grep -Eq '"(Err|Error|message)" *: *"[^"]'`
    : `[ "$(printf %s "$answer" | ${withoutTimes})" = ${withVariables(quoted(body.replaceAll(times, '')), known)} ]`;
  return `if ${wrong}; then echo 'wrong again'; exit 1; fi\necho 'another answer than it was'`;
}
