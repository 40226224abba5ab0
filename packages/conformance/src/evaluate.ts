import type { Answer } from './answer.js';
import { asDefined } from './as-defined.js';
import type { AnyExpected } from './check.js';
import { compare } from './patterns/compare.js';
import type { Difference } from './patterns/pattern.js';
import { printed } from './patterns/printed.js';

/** Where an answer is not what was wanted; `where` names the call in messages. */
export function evaluate(expected: AnyExpected, answer: Answer, where: string): readonly Difference[] {
  if (isClosed(answer) && 'mayClose' in expected) return [];
  if ('wire' in expected) return onWire(expected, answer, where);
  if (answer.outcome === 'broken') return [{ at: where, wanted: wish(expected), got: answer.problem }];
  if ('status' in expected) return byStatus(expected, answer, where);
  if (answer.outcome === 'refusal') return refused(expected, answer, where);
  if ('refuses' in expected) return [{ at: where, wanted: 'a refusal', got: `success ${printed(answer.body)}` }];
  return [
    ...schemaDifferences(answer, where),
    ...compare('succeeds' in expected ? expected.succeeds : expected.answers, answer.body, where),
  ];
}

/** Whether the connection was closed instead of an answer. */
export function isClosed(answer: Answer): boolean {
  return answer.outcome === 'broken' && answer.closed === true;
}

function onWire({ wire }: { readonly wire: unknown }, answer: Answer, where: string): readonly Difference[] {
  if (answer.wire) return compare(wire, answer.wire, `${where}: the answer`);
  return [{ at: where, wanted: 'an answer', got: answer.outcome === 'broken' ? answer.problem : 'none' }];
}

function byStatus(
  expected: { readonly status: number; readonly body?: unknown },
  answer: Exclude<Answer, { outcome: 'broken' }>,
  where: string,
) {
  if (answer.status !== expected.status) {
    return [{ at: where, wanted: `status ${expected.status}`, got: `status ${answer.status} ${printed(answer.body)}` }];
  }
  return [
    ...schemaDifferences(answer, where),
    ...(expected.body === undefined ? [] : compare(expected.body, answer.body, where)),
  ];
}

function refused(
  expected: Exclude<AnyExpected, { readonly wire: unknown } | { readonly status: number }>,
  answer: Extract<Answer, { outcome: 'refusal' }>,
  where: string,
): readonly Difference[] {
  if ('answers' in expected)
    return expected.refusal === undefined ? [] : compare(expected.refusal, answer.message, `${where}: the message`);
  if ('refuses' in expected) return compare(expected.refuses, answer.message, `${where}: the message`);
  return [{ at: where, wanted: 'success', got: `a refusal with status ${answer.status}: ${printed(answer.message)}` }];
}

function schemaDifferences({ problems }: Exclude<Answer, { outcome: 'broken' }>, where: string): readonly Difference[] {
  return problems.map((problem) => ({ at: where, wanted: asDefined, got: problem }));
}

function wish(expected: AnyExpected): string {
  if ('status' in expected) return `status ${expected.status}`;
  return 'refuses' in expected ? 'a refusal' : 'an answer';
}
